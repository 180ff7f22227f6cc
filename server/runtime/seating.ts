import type { EventId, MemberId, Millis } from '../../shared/ids.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { choosePart } from '../domain/lobby/choosePart.ts';
import type { LobbyPart } from '../domain/lobby/lobbyPart.ts';
import type { Clock } from '../ports/clock.ts';
import type { Directory, NodeAddress } from '../ports/directory.ts';
import { ExpectedArrivals } from './expectedArrivals.ts';
import type { LobbyRegistry } from './lobbyRegistry.ts';
import type { ServerLimits } from './serverLimits.ts';

interface SeatingParts {
  readonly lobbies: LobbyRegistry;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly limits: ServerLimits;
}

/** Where somebody is to go. */
interface Destination {
  readonly lobby: LobbyPart;
  /** Null: there is only one. */
  readonly node: NodeAddress | null;
}

interface Guest {
  readonly lobby: LobbyPart;
  readonly member: MemberId;
}

/** Nobody says when they have arrived at another node: its counts do, about a second later. */
const ARRIVAL_ELSEWHERE_MS: Millis = 3_000;

/** Which of an event's lobbies people go to. What it knows may be old: a full lobby says so itself. */
export class Seating {
  readonly #parts: SeatingParts;
  readonly #expected: ExpectedArrivals;

  constructor(parts: SeatingParts) {
    this.#parts = parts;
    this.#expected = new ExpectedArrivals(parts.clock);
  }

  /** The lobby is started if nobody runs it. */
  async find(eventId: EventId, member: MemberId): Promise<Result<Destination, 'unavailable'>> {
    const { directory, lobbies, limits } = this.#parts;
    const [parts, lately] = await Promise.all([
      lobbies.parts([eventId]),
      directory.placeOf(eventId, member),
    ]);
    const people = new Map(this.#expected.countsOf(eventId));
    for (const { part, counts } of parts(eventId)) {
      people.set(part, (people.get(part) ?? 0) + counts.here);
    }
    const inhabited = [...people].map(([part, count]) => ({ part, people: count }));
    const part = choosePart(inhabited, { lately, most: limits.membersPerLobby });
    return this.#send({ lobby: { eventId, part }, member });
  }

  async #send({ lobby, member }: Guest): Promise<Result<Destination, 'unavailable'>> {
    const { directory, lobbies, limits } = this.#parts;
    // At once: who asks in the same moment is to know.
    this.#expected.expect(lobby, member, ARRIVAL_ELSEWHERE_MS);
    const node = await lobbies.locate(lobby);
    if (!node.ok) {
      this.#expected.forget(lobby, member);
      return fail(node.error);
    }
    const isHere = node.value?.name === directory.self?.name;
    if (isHere) this.#expected.expect(lobby, member, limits.ticketTtlMs);
    await directory.keepPlace(lobby, member);
    return ok({ lobby, node: node.value });
  }

  /** They say *hello*. */
  arrived({ lobby, member }: Guest): void {
    this.#expected.forget(lobby, member);
  }

  /** The lobby was full: they will ask again, and everybody is to know better by then. */
  turnedAway({ lobby, member }: Guest): void {
    const { directory, lobbies } = this.#parts;
    void directory.forgetPlace(lobby.eventId, member);
    lobbies.tellCounts(lobby);
  }
}
