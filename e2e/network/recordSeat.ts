import { fileURLToPath } from 'node:url';
import texts from '../../extension/locales/en.json' with { type: 'json' };
import { bundleForPage } from '../browser/bundleForPage.ts';
import { withName } from '../panel/drivePanel.ts';
import type { Seat } from '../stories/takeSeat.ts';
import type { Person } from '../media/person.ts';
import type { CallRecord } from './page/recordCall.ts';

/** What a person saw of a call, and what became of its connection; machine's clock, ms since 1970. */
export interface SeatRecord extends CallRecord {
  readonly connection: readonly { readonly at: number; readonly what: string }[];
}

/** One side of a call that is being recorded. */
export interface RecordedSeat {
  readonly seat: Seat;
  readonly partner: Person;
  /** When the first picture of the partner after `since` was shown; null when none comes in time. */
  pictureAfter(since: number, withinMs: number): Promise<number | null>;
  /** When the first picture after a freeze was shown that ended after `since`; null as above. */
  thawAfter(since: number, withinMs: number): Promise<number | null>;
  /** Waits until half of the pictures that a camera makes, or more, have come for a while. */
  flowing(withinMs?: number): Promise<void>;
  /** Waits until the lobby is back and no new way was described for a while: all repairs are over. */
  repaired(): Promise<void>;
  read(): Promise<SeatRecord>;
}

/** A pause this long between two pictures is one that a person notices. */
export const FREEZE_MS = 500;
/** So many of the last 2 s: half of what a camera of 15 a second sends, for machines with two cores. */
const FLOWING = { pictures: 15, inMs: 2_000 };
/** What the lobby has kept for who was away is heard, and answered, within this time of its return. */
const QUIET_MS = 2_000;
const SCRIPT = fileURLToPath(new URL('page/recordCall.ts', import.meta.url));
let bundle: Promise<string> | null = null;

export async function recordSeat(seat: Seat, partner: Person): Promise<RecordedSeat> {
  const { place } = seat;
  bundle ??= bundleForPage(SCRIPT);
  await place.evaluate(await bundle);
  await place.evaluate(
    (label) => globalThis.recordCall(label),
    withName(texts.call.partnerVideo, partner.name),
  );
  const find = async (since: number, pauseMs: number, withinMs: number) => {
    const wanted = { since, pauseMs, code: partner.code };
    const options = { polling: 50, timeout: withinMs };
    const found = place.waitForFunction(findPicture, wanted, options);
    return found.then((handle) => handle.jsonValue()).catch(nullWhenLate);
  };
  return {
    seat,
    partner,
    pictureAfter: (since, withinMs) => find(since, 0, withinMs),
    thawAfter: (since, withinMs) => find(since, FREEZE_MS, withinMs),
    flowing: async (withinMs = 30_000) => {
      const options = { polling: 100, timeout: withinMs };
      await place.waitForFunction(enoughPictures, { ...FLOWING, code: partner.code }, options);
    },
    repaired: async () => {
      const options = { polling: 100, timeout: 30_000 };
      const wanted = { reconnecting: texts.frame.reconnectingInCall, quietMs: QUIET_MS };
      await place.waitForFunction(nothingIsRepaired, wanted, options);
    },
    read: async () => {
      // The dead tell nothing.
      if (seat.page.isClosed()) return { pictures: [], words: [], connection: [] };
      return place.evaluate(() => ({
        pictures: globalThis.callRecord?.pictures ?? [],
        words: globalThis.callRecord?.words ?? [],
        connection: globalThis.connectionNotes ?? [],
      }));
    },
  };
}

/** Runs in the page: the first picture of this person after `since` that came after such a pause. */
function findPicture(wanted: { since: number; pauseMs: number; code: number }): number | null {
  const pictures = globalThis.callRecord?.pictures ?? [];
  const found = pictures.find(({ at, personCode }, index) => {
    if (at <= wanted.since || personCode !== wanted.code) return false;
    return at - (pictures[index - 1]?.at ?? 0) >= wanted.pauseMs;
  });
  return found?.at ?? null;
}

/** Runs in the page. */
function enoughPictures(wanted: { pictures: number; inMs: number; code: number }): boolean {
  const since = Date.now() - wanted.inMs;
  const recent = globalThis.callRecord?.pictures.filter(
    ({ at, personCode }) => at > since && personCode === wanted.code,
  );
  return (recent?.length ?? 0) >= wanted.pictures;
}

/** Runs in the page. */
function nothingIsRepaired(wanted: { reconnecting: string; quietMs: number }): boolean {
  const lastChange = globalThis.connectionNotes?.at(-1)?.at ?? 0;
  const quiet = Date.now() - lastChange >= wanted.quietMs;
  return quiet && !document.body.innerText.includes(wanted.reconnecting);
}

function nullWhenLate(error: unknown): null {
  if (error instanceof Error && error.name === 'TimeoutError') return null;
  throw error;
}
