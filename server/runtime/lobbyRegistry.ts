import type { Logger } from 'pino';
import type { EventId } from '../../shared/ids.ts';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { emptyCensus, type Census } from '../domain/lobby/census.ts';
import type { LobbyCounts } from '../domain/lobby/lobby.ts';
import { MetPairs } from '../domain/matching/metPairs.ts';
import type { Broker } from '../ports/broker.ts';
import type { Directory, Lease, LeaseHolder, NodeAddress, NotOwned } from '../ports/directory.ts';
import type { StoredEvent } from '../ports/eventRepository.ts';
import type { IceServerSource, LobbyIceServers } from '../ports/iceServerSource.ts';
import type { MetPairRepository } from '../ports/metPairRepository.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { Tracer } from '../ports/tracer.ts';
import { fencedPairs } from './fencedPairs.ts';
import { LobbyMaker, type LobbyBasis, type MakerParts } from './lobbyMaker.ts';
import { LobbyRunner } from './lobbyRunner.ts';
import { schedulePlan } from './schedulePlan.ts';
import { nextChange, openState } from './openState.ts';

interface RegistryParts extends MakerParts {
  readonly directory: Directory;
  readonly metPairs: MetPairRepository;
  readonly broker: Broker;
  readonly iceServers: IceServerSource;
  readonly telemetry: Telemetry;
  readonly tracer: Tracer;
  readonly log: Logger;
}

interface Running {
  readonly runner: LobbyRunner;
  readonly lease: Lease;
  /** Aborted when the lobby ends here: nothing is kept ready for it any more. */
  readonly ending: AbortController;
  event: StoredEvent;
  cancelHours: () => void;
  cancelIdleCheck: () => void;
}

const NOBODY: LobbyCounts = { here: 0, waiting: 0, inCall: 0 };
/** Of no such event, of a server that stops, or of a directory that does not answer. */
type NotHere = NotOwned | { readonly reason: 'unavailable' };
const NOTHING_TO_CANCEL = () => undefined;

/** Starts lobbies when somebody comes, keeps their opening hours, stops those left empty. */
export class LobbyRegistry {
  readonly #parts: RegistryParts;
  readonly #maker: LobbyMaker;
  readonly #running = new Map<EventId, Running>();
  readonly #starting = new Map<EventId, Promise<Result<LobbyRunner, NotHere>>>();
  #stopped = false;

  constructor(parts: RegistryParts) {
    this.#parts = parts;
    this.#maker = new LobbyMaker(parts);
  }

  /** The event's lobby, started if need be; null when it cannot run on this node. */
  async open(eventId: EventId): Promise<LobbyRunner | null> {
    const opened = await this.#open(eventId);
    return opened.ok ? opened.value : null;
  }

  /** Which node the event's lobby runs on, this one if it is free; null: there is only one node. */
  async locate(eventId: EventId): Promise<Result<NodeAddress | null, 'unavailable'>> {
    const opened = await this.#open(eventId);
    if (opened.ok) return ok(this.#parts.directory.self);
    const { error } = opened;
    return error.reason === 'elsewhere' ? ok(error.owner) : fail('unavailable');
  }

  async #open(eventId: EventId): Promise<Result<LobbyRunner, NotHere>> {
    const running = this.#running.get(eventId);
    if (running) return ok(running.runner);
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

  /** Wherever the lobbies run; those of other nodes are as old as their last renewal. */
  async counts(eventIds: readonly EventId[]): Promise<(eventId: EventId) => LobbyCounts> {
    const elsewhere = eventIds.filter((eventId) => !this.#running.has(eventId));
    const found = await this.#parts.directory.counts(elsewhere);
    return (eventId) => this.#countsHere(eventId) ?? found.get(eventId) ?? NOBODY;
  }

  /** On this node, at this moment. */
  headcount(): { readonly lobbies: number; readonly members: Census } {
    const members = emptyCensus();
    for (const { runner } of this.#running.values()) runner.takeCensus(members);
    return { lobbies: this.#running.size, members };
  }

  #countsHere(eventId: EventId): LobbyCounts | undefined {
    return this.#running.get(eventId)?.runner.counts();
  }

  /** The owner changed the event: calls under way keep their length, later ones have the new one. */
  async applyChange(event: StoredEvent): Promise<void> {
    // A lobby that is just starting may have read the event before it changed.
    await Promise.allSettled([this.#starting.get(event.id)]);
    if (!this.#applyHere(event)) await this.#parts.directory.announceChange(event.id);
  }

  #applyHere(event: StoredEvent): boolean {
    const running = this.#running.get(event.id);
    if (!running) return false;
    const { title, relayOnly } = event;
    running.runner.changeEvent({ title, relayOnly, callMs: this.#maker.callMs(event) });
    this.#keepHours(running, event);
    return true;
  }

  /** Sends everybody away to come back, and gives the lobbies to whoever is asked next. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.allSettled(this.#starting.values());
    const all = [...this.#running.values()];
    this.#running.clear();
    for (const running of all) this.#cancelTimers(running);
    await Promise.all(all.map((running) => this.#handOver(running)));
  }

  /** Gives one lobby to whoever asks for it next; its people are sent away to come back. */
  async release(eventId: EventId): Promise<void> {
    const running = this.#running.get(eventId);
    if (!running) return;
    this.#running.delete(eventId);
    this.#cancelTimers(running);
    await this.#handOver(running);
  }

  async #handOver({ runner, lease }: Running): Promise<void> {
    await runner.stop(CLOSE.serverRestarting, () => lease.release());
  }

  async #start(eventId: EventId): Promise<Result<LobbyRunner, NotHere>> {
    if (this.#stopped) return fail({ reason: 'unavailable' });
    const owned = await this.#parts.directory.own(eventId, this.#holderOf(eventId));
    if (!owned.ok) return owned;
    const lease = owned.value;
    const ending = new AbortController();
    let runner: LobbyRunner | null = null;
    try {
      runner = await this.#startOwned(eventId, lease, ending);
    } finally {
      if (runner === null) {
        ending.abort();
        await lease.release();
      }
    }
    return runner === null ? fail({ reason: 'unavailable' }) : ok(runner);
  }

  #holderOf(eventId: EventId): LeaseHolder {
    const { events, log } = this.#parts;
    const reload = async () => {
      const event = await events.find(eventId);
      if (event) this.#applyHere(event);
    };
    return {
      counts: () => this.#countsHere(eventId) ?? NOBODY,
      changed: () => {
        reload().catch((error: unknown) => {
          log.error({ err: error, eventId }, 'a changed event could not be read');
        });
      },
    };
  }

  async #startOwned(
    eventId: EventId,
    lease: Lease,
    ending: AbortController,
  ): Promise<LobbyRunner | null> {
    const { events } = this.#parts;
    const metPairs = fencedPairs(this.#parts.metPairs, lease);
    const event = await events.find(eventId);
    if (!event) return null;
    const [pairs, iceServers] = await Promise.all([
      metPairs.load(eventId),
      this.#openIceServers(eventId, ending.signal),
    ]);
    const met = new MetPairs(pairs);
    if (this.#stopped || !lease.holds()) return null;
    let basis: LobbyBasis = { event, met, iceServers };
    const renew = async () => {
      basis = await this.#maker.refresh({ ...basis, event: running.event }, metPairs);
      // What the owner wants of a lobby may have been in the command that was skipped.
      this.#keepHours(running, basis.event);
      return this.#maker.make(basis);
    };
    const gaveUp = () => void this.#drop(eventId, running);
    const lobby = this.#maker.make(basis);
    const runner = new LobbyRunner({ ...this.#parts, eventId, lobby, metPairs, renew, gaveUp });
    const running: Running = {
      runner,
      lease,
      ending,
      event,
      cancelHours: NOTHING_TO_CANCEL,
      cancelIdleCheck: NOTHING_TO_CANCEL,
    };
    this.#running.set(eventId, running);
    this.#keepHours(running, event);
    this.#watchIdle(eventId, running);
    const yieldUp = () => void this.#yieldUp(eventId, running);
    lease.lost.addEventListener('abort', yieldUp, { once: true });
    this.#parts.log.info({ eventId, epoch: lease.epoch }, 'lobby started');
    return runner;
  }

  #openIceServers(eventId: EventId, signal: AbortSignal): Promise<LobbyIceServers> {
    const changed = (available: boolean) =>
      this.#running.get(eventId)?.runner.relayChanged(available);
    return this.#parts.iceServers.open(changed, signal);
  }

  /** Another node may run it by now: its people are to ask where it is. */
  async #yieldUp(eventId: EventId, running: Running): Promise<void> {
    if (this.#running.get(eventId) !== running) return;
    this.#running.delete(eventId);
    this.#cancelTimers(running);
    this.#parts.log.warn({ eventId, epoch: running.lease.epoch }, 'lobby lost');
    await running.runner.stop(CLOSE.moved);
  }

  #keepHours(running: Running, event: StoredEvent): void {
    const { clock, limits } = this.#parts;
    running.event = event;
    running.cancelHours();
    running.runner.reschedule(schedulePlan(event, clock, limits.callSecondMs));
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
        void this.#drop(eventId, running);
        log.info({ eventId }, 'empty lobby stopped');
        return;
      }
      wasIdle = idle;
      running.cancelIdleCheck = clock.after(limits.idleLobbyMs, check);
    };
    running.cancelIdleCheck = clock.after(limits.idleLobbyMs, check);
  }

  /** The next who asks for it starts it anew. */
  async #drop(eventId: EventId, running: Running): Promise<void> {
    this.#cancelTimers(running);
    if (this.#running.get(eventId) === running) this.#running.delete(eventId);
    await running.lease.release();
  }

  #cancelTimers(running: Running): void {
    running.cancelHours();
    running.cancelIdleCheck();
    running.ending.abort();
  }
}
