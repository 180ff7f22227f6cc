import { fail, ok, type Result } from '../result.ts';
import type { Platform, PlatformError, PlatformPlace } from './platform.ts';

type Outcome = Result<PlatformPlace, PlatformError>;

const NUMBER = /^[1-9][0-9]{0,14}$/;

const HOSTS: ReadonlySet<string> = new Set([
  'vimeo.com',
  'www.vimeo.com',
  'm.vimeo.com',
  'player.vimeo.com',
]);

/** Where the number stands in paths that lead through a collection: `/channels/NAME/NUMBER`. */
const NUMBER_AT: ReadonlyMap<string, number> = new Map([
  ['video', 1],
  ['videos', 1],
  ['channels', 2],
  ['ondemand', 2],
  ['manage', 2],
  ['groups', 3],
  ['album', 3],
  ['showcase', 3],
]);

/** What follows the number in a path is a private link's hash, and what leads to it is dropped too. */
export const vimeo: Platform = {
  domains: ['vimeo.com'],
  place({ host, segments }) {
    if (!HOSTS.has(host)) return fail('notAnEvent');
    const [first = ''] = segments;
    if (first === 'event') return place('event', segments[1], 'event/');
    return place('video', segments[NUMBER_AT.get(first) ?? 0], '');
  },
};

function place(kind: 'video' | 'event', id: string | undefined, folder: string): Outcome {
  if (id === undefined || !NUMBER.test(id)) return fail('notAnEvent');
  return ok({ key: `vimeo:${kind}:${id}`, url: `https://vimeo.com/${folder}${id}` });
}
