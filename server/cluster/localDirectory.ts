import type { EventId, MemberId, Millis } from '../../shared/ids.ts';
import { ok } from '../../shared/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { Directory, Lease } from '../ports/directory.ts';

/** As in Redis; what is older is dropped when something new is kept. */
const PLACE_LIFE_MS: Millis = 4 * 3_600_000;

/** For a node that is alone: every lobby is its own, and nothing is ever lost. */
export function localDirectory(clock: Clock): Directory {
  const places = new Map<string, { readonly part: number; readonly until: Millis }>();
  const placeName = (eventId: EventId, member: MemberId) => `${eventId} ${member}`;
  const dropOld = () => {
    for (const [name, { until }] of places) {
      if (until > clock.now()) return;
      places.delete(name);
    }
  };
  return {
    self: null,
    own: () => Promise.resolve(ok(unlosable())),
    // Its own are all there are.
    parts: () => Promise.resolve(new Map()),
    placeOf(eventId, member) {
      dropOld();
      return Promise.resolve(places.get(placeName(eventId, member))?.part ?? null);
    },
    keepPlace({ eventId, part }, member) {
      const name = placeName(eventId, member);
      places.delete(name);
      places.set(name, { part, until: clock.now() + PLACE_LIFE_MS });
      return Promise.resolve();
    },
    forgetPlace(eventId, member) {
      places.delete(placeName(eventId, member));
      return Promise.resolve();
    },
    announceChange: () => Promise.resolve(),
    works: () => Promise.resolve(true),
    close: () => undefined,
  };
}

function unlosable(): Lease {
  let released = false;
  return {
    epoch: 1,
    lost: new AbortController().signal,
    holds: () => !released,
    confirm: () => Promise.resolve(!released),
    release: () => {
      released = true;
      return Promise.resolve();
    },
  };
}
