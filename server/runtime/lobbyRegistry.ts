import type { Logger } from 'pino';
import type { EventId, MatchId, PeerId } from '../../shared/ids.ts';
import { Lobby, type LobbyCounts } from '../domain/lobby/lobby.ts';
import { MetPairs } from '../domain/matching/metPairs.ts';
import type { Broker } from '../ports/broker.ts';
import type { Clock } from '../ports/clock.ts';
import type { EventRepository, StoredEvent } from '../ports/eventRepository.ts';
import type { MetPairRepository } from '../ports/metPairRepository.ts';
import type { Mint } from '../ports/mint.ts';
import { LobbyRunner } from './lobbyRunner.ts';
import { nextChange, openState } from './openState.ts';
import type { ServerLimits } from './serverLimits.ts';

interface RegistryParts {
  readonly events: EventRepository;
  readonly metPairs: MetPairRepository;
  readonly broker: Broker;
  readonly clock: Clock;
  readonly mint: Mint;
  /** Some ICE server relays. */
  readonly relayAvailable: boolean;
  readonly limits: ServerLimits;
  readonly log: Logger;
}

interface Running {
  readonly runner: LobbyRunner;
  cancelHours: () => void;
  cancelIdleCheck: () => void;
}

const NOBODY: LobbyCounts = { here: 0, waiting: 0, inCall: 0 };
const NOTHING_TO_CANCEL = () => undefined;

/** Starts lobbies when somebody comes, keeps their opening hours, stops those left empty. */
export class LobbyRegistry {
  readonly #parts: RegistryParts;
  readonly #running = new Map<EventId, Running>();
  readonly #starting = new Map<EventId, Promise<LobbyRunner | null>>();
  #stopped = false;

  constructor(parts: RegistryParts) {
    this.#parts = parts;
  }

  /** The event's lobby, started if need be; null when there is no such event or the server stops. */
  async open(eventId: EventId): Promise<LobbyRunner | null> {
    const running = this.#running.get(eventId);
    if (running) return running.runner;
    const starting = this.#starting.get(eventId) ?? this.#start(eventId);
    this.#starting.set(eventId, starting);
    try {
      return await starting;
    } finally {
      this.#starting.delete(eventId);
    }
  }

  /** The lobby that gave this resume token, if it is still running. */
  ofResumeToken(resumeToken: string): LobbyRunner | null {
    const [eventId = ''] = resumeToken.split('-', 1);
    return this.#running.get(eventId as EventId)?.runner ?? null;
  }

  counts(eventId: EventId): LobbyCounts {
    return this.#running.get(eventId)?.runner.counts() ?? NOBODY;
  }

  /** The owner changed the event: calls under way keep their length, later ones have the new one. */
  async applyChange(event: StoredEvent): Promise<void> {
    // A lobby that is just starting may have read the event before it changed.
    await Promise.allSettled([this.#starting.get(event.id)]);
    const running = this.#running.get(event.id);
    if (!running) return;
    const { title, relayOnly } = event;
    running.runner.changeEvent({ title, relayOnly, callMs: this.#callMs(event) });
    this.#keepHours(running, event);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.allSettled(this.#starting.values());
    const all = [...this.#running.values()];
    this.#running.clear();
    for (const running of all) this.#cancelTimers(running);
    await Promise.all(all.map(({ runner }) => runner.stop()));
  }

  async #start(eventId: EventId): Promise<LobbyRunner | null> {
    const { events, metPairs, clock, broker, log } = this.#parts;
    const event = await events.find(eventId);
    if (!event) return null;
    const met = new MetPairs(await metPairs.load(eventId));
    if (this.#stopped) return null;
    const lobby = this.#newLobby(event, met);
    const runner = new LobbyRunner({ eventId, lobby, clock, metPairs, broker, log });
    const running = {
      runner,
      cancelHours: NOTHING_TO_CANCEL,
      cancelIdleCheck: NOTHING_TO_CANCEL,
    };
    this.#running.set(eventId, running);
    this.#keepHours(running, event);
    this.#watchIdle(eventId, running);
    log.info({ eventId }, 'lobby started');
    return runner;
  }

  #newLobby(event: StoredEvent, met: MetPairs): Lobby {
    const { limits, mint } = this.#parts;
    return new Lobby({
      rules: limits,
      mint: {
        matchId: () => mint.id() as MatchId,
        peerId: () => mint.id() as PeerId,
        brokerToken: () => mint.token(),
        // The event's id in front says which lobby to ask.
        resumeToken: () => `${event.id}-${mint.token()}`,
      },
      met,
      title: event.title,
      callMs: this.#callMs(event),
      relay: { available: this.#parts.relayAvailable, required: event.relayOnly },
    });
  }

  #callMs(event: StoredEvent): number {
    return event.callSeconds * this.#parts.limits.callSecondMs;
  }

  #keepHours(running: Running, event: StoredEvent): void {
    const { clock } = this.#parts;
    running.cancelHours();
    const date = clock.date();
    if (openState(event, date) === 'open') running.runner.reopen();
    else running.runner.close();
    const change = nextChange(event, date);
    running.cancelHours = change
      ? clock.after(change.getTime() - date.getTime(), () => this.#keepHours(running, event))
      : NOTHING_TO_CANCEL;
  }

  #watchIdle(eventId: EventId, running: Running): void {
    const { clock, limits, log } = this.#parts;
    let wasIdle = false;
    const check = () => {
      const idle = running.runner.isIdle();
      if (idle && wasIdle) {
        this.#cancelTimers(running);
        this.#running.delete(eventId);
        log.info({ eventId }, 'empty lobby stopped');
        return;
      }
      wasIdle = idle;
      running.cancelIdleCheck = clock.after(limits.idleLobbyMs, check);
    };
    running.cancelIdleCheck = clock.after(limits.idleLobbyMs, check);
  }

  #cancelTimers(running: Running): void {
    running.cancelHours();
    running.cancelIdleCheck();
  }
}
