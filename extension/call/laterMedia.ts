import type { MediaState } from '../../shared/protocol/fields.ts';

/** The same report travels by the lobby and by the call itself; the later one counts. */
export function laterMedia(known: MediaState | null, heard: MediaState): MediaState {
  return known && known.sequence >= heard.sequence ? known : heard;
}
