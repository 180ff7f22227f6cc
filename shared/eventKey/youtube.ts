import { fail, ok, type Result } from '../result.ts';
import type { PageAddress } from './pageAddress.ts';
import { isOfDomain, type Platform, type PlatformError, type PlatformPlace } from './platform.ts';

type Outcome = Result<PlatformPlace, PlatformError>;

const VIDEO_ID = /^[A-Za-z0-9_-]{11}$/;

/** Hosts that show videos; others (`accounts.`, `tv.`, `support.`) use the same words otherwise. */
const WATCH_HOSTS: ReadonlySet<string> = new Set([
  'youtube.com',
  'www.youtube.com',
  'm.youtube.com',
  'music.youtube.com',
  'gaming.youtube.com',
  'youtube-nocookie.com',
  'www.youtube-nocookie.com',
]);

/** `/watch?v=ID` */
const ID_IN_QUERY: ReadonlySet<string> = new Set(['watch', 'watch_popup', 'live_chat']);
/** `/live/ID` */
const ID_IN_PATH: ReadonlySet<string> = new Set(['live', 'shorts', 'embed', 'v', 'e', 'watch']);
/** Words as long as an id in the place of an id: a channel's current broadcast, a playlist. */
const EMBEDDED_CHANNEL = 'live_stream';
const EMBEDDED_PLAYLIST = 'videoseries';
/** `/channel/ID/live` */
const CHANNEL_PREFIXES: ReadonlySet<string> = new Set(['channel', 'c', 'user']);

export const youtube: Platform = {
  domains: ['youtube.com', 'youtube-nocookie.com', 'youtu.be'],
  place(page) {
    if (isOfDomain(page.host, 'youtu.be')) return video(page.segments[0]);
    if (page.host === 'studio.youtube.com') return studioPlace(page.segments);
    return WATCH_HOSTS.has(page.host) ? watchPlace(page) : fail('notAnEvent');
  },
};

function watchPlace({ segments, query }: PageAddress): Outcome {
  const [first = '', second] = segments;
  if (first === 'embed' && second === EMBEDDED_CHANNEL) return fail('movingPointer');
  if (first === 'embed' && second === EMBEDDED_PLAYLIST) return fail('notAnEvent');
  if (ID_IN_QUERY.has(first) && second === undefined) return video(query.get('v') ?? undefined);
  if (ID_IN_PATH.has(first) && segments.length === 2) return video(second);
  return isCurrentBroadcast(segments) ? fail('movingPointer') : fail('notAnEvent');
}

/** `/@handle/live`, `/c/name/live`, and the old `/name/live`. */
function isCurrentBroadcast(segments: readonly string[]): boolean {
  const channel = CHANNEL_PREFIXES.has(segments[0] ?? '') ? segments.slice(1) : segments;
  return channel.length === 2 && channel[1] === 'live';
}

/** Where an organizer runs a broadcast: `/video/ID/livestreaming`. */
function studioPlace([first, second]: readonly string[]): Outcome {
  return first === 'video' ? video(second) : fail('notAnEvent');
}

function video(id: string | undefined): Outcome {
  if (id === undefined || !VIDEO_ID.test(id)) return fail('notAnEvent');
  return ok({ key: `youtube:video:${id}`, url: `https://www.youtube.com/watch?v=${id}` });
}
