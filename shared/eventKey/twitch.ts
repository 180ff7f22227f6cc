import { fail, ok, type Result } from '../result.ts';
import type { PageAddress } from './pageAddress.ts';
import type { Platform, PlatformError, PlatformPlace } from './platform.ts';

type Outcome = Result<PlatformPlace, PlatformError>;

const CHANNEL_NAME = /^[a-z0-9][a-z0-9_]{1,24}$/;
/** Players write a recording's number as `v123` too. */
const VIDEO_ID = /^v?([1-9][0-9]{0,14})$/;

const WATCH_HOSTS: ReadonlySet<string> = new Set(['twitch.tv', 'www.twitch.tv', 'm.twitch.tv']);
const PLAYER_HOSTS: ReadonlySet<string> = new Set(['player.twitch.tv', 'embed.twitch.tv']);

/** `/popout/NAME/chat`: the channel's name comes second. */
const BEFORE_CHANNEL: ReadonlySet<string> = new Set(['popout', 'embed', 'moderator']);
/** Pages of a channel that show its broadcast. */
const CHANNEL_PAGES: ReadonlySet<string> = new Set(['chat', 'home']);
/** Twitch's own pages, which no channel can be named after. */
const OWN_PAGES: ReadonlySet<string> = new Set(
  (
    'activate bits broadcast collections creatorcamp dashboard directory downloads drops event ' +
    'events following friends inventory jobs legal login logout messages p payments prime ' +
    'privacy products redeem search security settings signup store subscriptions subs team ' +
    'turbo u user users videos wallet'
  ).split(' '),
);

export const twitch: Platform = {
  domains: ['twitch.tv'],
  place(page) {
    if (PLAYER_HOSTS.has(page.host)) return playerPlace(page);
    return WATCH_HOSTS.has(page.host) ? watchPlace(page.segments) : fail('notAnEvent');
  },
};

function playerPlace({ query }: PageAddress): Outcome {
  const id = query.get('video');
  return id === null ? channel(query.get('channel') ?? '') : video(id);
}

function watchPlace(segments: readonly string[]): Outcome {
  const [first = '', second, third] = segments;
  if (first === 'videos') return video(second ?? '');
  if (BEFORE_CHANNEL.has(first)) return channel(second ?? '');
  if (second === 'video' || second === 'v') return video(third ?? '');
  return second === undefined || CHANNEL_PAGES.has(second) ? channel(first) : fail('notAnEvent');
}

function channel(text: string): Outcome {
  const name = text.toLowerCase();
  if (!CHANNEL_NAME.test(name) || OWN_PAGES.has(name)) return fail('notAnEvent');
  return ok({ key: `twitch:channel:${name}`, url: `https://www.twitch.tv/${name}` });
}

function video(text: string): Outcome {
  const id = VIDEO_ID.exec(text)?.[1];
  if (id === undefined) return fail('notAnEvent');
  return ok({ key: `twitch:video:${id}`, url: `https://www.twitch.tv/videos/${id}` });
}
