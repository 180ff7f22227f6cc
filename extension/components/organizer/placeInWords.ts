import type { EventKey } from '../../../shared/ids.ts';

/** A locale entry under `organizer.place` and what it wants filled in. */
export interface PlaceWords {
  readonly message:
    'youtubeVideo' | 'twitchChannel' | 'twitchVideo' | 'vimeoVideo' | 'vimeoEvent' | 'page';
  readonly id: string;
}

const MESSAGES: readonly (readonly [prefix: string, message: PlaceWords['message']])[] = [
  ['youtube:video:', 'youtubeVideo'],
  ['twitch:channel:', 'twitchChannel'],
  ['twitch:video:', 'twitchVideo'],
  ['vimeo:video:', 'vimeoVideo'],
  ['vimeo:event:', 'vimeoEvent'],
  ['web:', 'page'],
];

export function placeInWords(key: EventKey): PlaceWords {
  const known = MESSAGES.find(([prefix]) => key.startsWith(prefix));
  return known === undefined
    ? { message: 'page', id: key }
    : { message: known[1], id: key.slice(known[0].length) };
}
