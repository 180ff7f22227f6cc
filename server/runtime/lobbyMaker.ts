import type { MatchId, PeerId } from '../../shared/ids.ts';
import type { EventTerms } from '../domain/lobby/eventTerms.ts';
import { Lobby } from '../domain/lobby/lobby.ts';
import type { LobbyParts } from '../domain/lobby/lobbyParts.ts';
import type { PartnerSeals } from '../domain/lobby/partnerSeals.ts';
import { MetPairs } from '../domain/matching/metPairs.ts';
import type { PairSet } from '../domain/matching/pairSet.ts';
import type { Clock } from '../ports/clock.ts';
import type { EventRepository, StoredEvent } from '../ports/eventRepository.ts';
import type { LobbyIceServers } from '../ports/iceServerSource.ts';
import type { MetPairRepository } from '../ports/metPairRepository.ts';
import type { Mint } from '../ports/mint.ts';
import type { ServerLimits } from './serverLimits.ts';

export type CreateLobby = (parts: LobbyParts) => Lobby;

export interface MakerParts {
  readonly events: EventRepository;
  readonly clock: Clock;
  readonly mint: Mint;
  readonly seals: PartnerSeals;
  readonly limits: ServerLimits;
  /** Tests make lobbies that break. */
  readonly createLobby?: CreateLobby | undefined;
}

/** What a lobby is made of: its event, who has met whom, and how people reach each other. */
export interface LobbyBasis {
  /** Of the part, which its resume tokens begin with. */
  readonly name: string;
  readonly event: StoredEvent;
  readonly met: MetPairs;
  /** One set for all lobbies that follow each other: what is blocked need not be written yet. */
  readonly blocked: PairSet;
  readonly iceServers: LobbyIceServers;
}

/** Makes lobbies, without anybody in them. */
export class LobbyMaker {
  readonly #parts: MakerParts;

  constructor(parts: MakerParts) {
    this.#parts = parts;
  }

  make({ name, event, met, blocked, iceServers }: LobbyBasis): Lobby {
    const { limits, mint, seals, createLobby } = this.#parts;
    const parts: LobbyParts = {
      rules: limits,
      mint: {
        matchId: () => mint.id() as MatchId,
        peerId: () => mint.id() as PeerId,
        brokerToken: () => mint.token(),
        // The lobby's name in front says which one to ask.
        resumeToken: () => `${name}-${mint.token()}`,
        chance: Math.random,
        iceServers: (member) => iceServers.issue(member),
      },
      seals,
      met,
      blocked,
      whoMeets: event.whoMeets,
      title: event.title,
      ...this.eventTerms(event),
      relay: { available: iceServers.relays, required: event.relayOnly },
    };
    return createLobby?.(parts) ?? new Lobby(parts);
  }

  /** What the event demands of the calls that are made from now on. */
  eventTerms({ callSeconds, minimumSeconds }: StoredEvent): EventTerms {
    const { callSecondMs } = this.#parts.limits;
    return { callMs: callSeconds * callSecondMs, minimumMs: minimumSeconds * callSecondMs };
  }

  /** As the database has it; where that does not answer soon, as it was known before. */
  async refresh(known: LobbyBasis, metPairs: MetPairRepository): Promise<LobbyBasis> {
    const { events, clock, limits } = this.#parts;
    const { id } = known.event;
    // A cycle that has begun meanwhile begins in the new lobby, whose calls go on.
    const { cycle } = known.met;
    const read = Promise.all([events.find(id), metPairs.load(id, cycle)]).catch(() => null);
    let giveUp = () => {};
    const late = new Promise<null>((resolve) => {
      giveUp = clock.after(limits.renewTimeoutMs, () => resolve(null));
    });
    const found = await Promise.race([read, late]);
    giveUp();
    if (!found) return known;
    const [event, pairs] = found;
    return { ...known, event: event ?? known.event, met: new MetPairs(pairs, cycle) };
  }
}
