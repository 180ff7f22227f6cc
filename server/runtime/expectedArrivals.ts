import type { EventId, MemberId, Millis } from '../../shared/ids.ts';
import type { LobbyPart } from '../domain/lobby/lobbyPart.ts';
import type { Clock } from '../ports/clock.ts';
import { PartMap } from './partMap.ts';

/** Those who have been sent to a lobby and are not there yet: they need a seat too. */
export class ExpectedArrivals {
  readonly #clock: Clock;
  /** For each lobby until when, the earliest first as far as they all have equally long. */
  readonly #expected = new PartMap<Map<MemberId, Millis>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** There, and nowhere else in the event. */
  expect(lobby: LobbyPart, member: MemberId, forMs: Millis): void {
    const { eventId } = lobby;
    for (const part of [...this.#expected.of(eventId).keys()]) {
      this.forget({ eventId, part }, member);
    }
    const people = this.#expected.get(lobby) ?? new Map<MemberId, Millis>();
    people.set(member, this.#clock.now() + forMs);
    this.#expected.set(lobby, people);
  }

  /** They are there, or will not come. */
  forget(lobby: LobbyPart, member: MemberId): void {
    const people = this.#expected.get(lobby);
    people?.delete(member);
    if (people?.size === 0) this.#expected.delete(lobby);
  }

  /** How many are on their way, by the number of the part. */
  countsOf(eventId: EventId): ReadonlyMap<number, number> {
    const now = this.#clock.now();
    const counts = new Map<number, number>();
    for (const [part, people] of [...this.#expected.of(eventId)]) {
      for (const [member, until] of people) {
        if (until > now) break;
        this.forget({ eventId, part }, member);
      }
      if (people.size > 0) counts.set(part, people.size);
    }
    return counts;
  }
}
