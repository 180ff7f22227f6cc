import type { MatchId, Millis, PeerId } from '../../shared/ids.ts';
import { Lobby, type LobbyParts } from '../domain/lobby/lobby.ts';
import { MetPairs } from '../domain/matching/metPairs.ts';
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
  readonly limits: ServerLimits;
  /** Tests make lobbies that break. */
  readonly createLobby?: CreateLobby | undefined;
}

/** What a lobby is made of: its event, who has met whom, and how people reach each other. */
export interface LobbyBasis {
  readonly event: StoredEvent;
  readonly met: MetPairs;
  readonly iceServers: LobbyIceServers;
}

/** Makes lobbies, without anybody in them. */
export class LobbyMaker {
  readonly #parts: MakerParts;

  constructor(parts: MakerParts) {
    this.#parts = parts;
  }

  make({ event, met, iceServers }: LobbyBasis): Lobby {
    const { limits, mint, createLobby } = this.#parts;
    const parts: LobbyParts = {
      rules: limits,
      mint: {
        matchId: () => mint.id() as MatchId,
        peerId: () => mint.id() as PeerId,
        brokerToken: () => mint.token(),
        // The event's id in front says which lobby to ask.
        resumeToken: () => `${event.id}-${mint.token()}`,
        chance: Math.random,
        iceServers: (member) => iceServers.issue(member),
      },
      met,
      title: event.title,
      callMs: this.callMs(event),
      relay: { available: iceServers.relays, required: event.relayOnly },
    };
    return createLobby?.(parts) ?? new Lobby(parts);
  }

  callMs(event: StoredEvent): Millis {
    return event.callSeconds * this.#parts.limits.callSecondMs;
  }

  /** As the database has it; where that does not answer soon, as it was known before. */
  async refresh(known: LobbyBasis, metPairs: MetPairRepository): Promise<LobbyBasis> {
    const { events, clock, limits } = this.#parts;
    const { id } = known.event;
    const read = Promise.all([events.find(id), metPairs.load(id)]).catch(() => null);
    let giveUp = () => {};
    const late = new Promise<null>((resolve) => {
      giveUp = clock.after(limits.renewTimeoutMs, () => resolve(null));
    });
    const found = await Promise.race([read, late]);
    giveUp();
    if (!found) return known;
    const [event, pairs] = found;
    return { ...known, event: event ?? known.event, met: new MetPairs(pairs) };
  }
}
