import type { Logger } from 'pino';
import type { EventId } from '../../shared/ids.ts';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { emptyCensus, type Census } from '../domain/lobby/census.ts';
import type { LobbyCounts } from '../domain/lobby/lobby.ts';
import { nameOfPart, partOfName, type LobbyPart } from '../domain/lobby/lobbyPart.ts';
import { MetPairs } from '../domain/matching/metPairs.ts';
import { PairSet } from '../domain/matching/pairSet.ts';
import type { BlockRepository } from '../ports/blockRepository.ts';
import type { Broker } from '../ports/broker.ts';
import type {
  Directory,
  Lease,
  LeaseHolder,
  NodeAddress,
  NotOwned,
  RunningPart,
} from '../ports/directory.ts';
import type { StoredEvent } from '../ports/eventRepository.ts';
import type { IceServerSource, LobbyIceServers } from '../ports/iceServerSource.ts';
import type { MetPairRepository } from '../ports/metPairRepository.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { Tracer } from '../ports/tracer.ts';
import { fencedPairs } from './fencedPairs.ts';
import { LobbyMaker, type LobbyBasis, type MakerParts } from './lobbyMaker.ts';
import { LobbyRunner } from './lobbyRunner.ts';
import { PartMap } from './partMap.ts';
import { schedulePlan } from './schedulePlan.ts';
import { nextChange, openState } from './openState.ts';

interface RegistryParts extends MakerParts {
  readonly directory: Directory;
  readonly metPairs: MetPairRepository;
  readonly blocks: BlockRepository;
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
  readonly #running = new PartMap<Running>();
  readonly #starting = new PartMap<Promise<Result<LobbyRunner, NotHere>>>();
  #stopped = false;

  constructor(parts: RegistryParts) {
    this.#parts = parts;
    this.#maker = new LobbyMaker(parts);
  }

  /** The lobby, started if need be; null when it cannot run on this node. */
  async open(lobby: LobbyPart): Promise<LobbyRunner | null> {
    const opened = await this.#open(lobby);
    return opened.ok ? opened.value : null;
  }

  /** Which node the lobby runs on, this one if it is free; null: there is only one node. */
  async locate(lobby: LobbyPart): Promise<Result<NodeAddress | null, 'unavailable'>> {
    const opened = await this.#open(lobby);
    if (opened.ok) return ok(this.#parts.directory.self);
    const { error } = opened;
    return error.reason === 'elsewhere' ? ok(error.owner) : fail('unavailable');
  }

  async #open(lobby: LobbyPart): Promise<Result<LobbyRunner, NotHere>> {
    const running = this.#running.get(lobby);
    if (running) return ok(running.runner);
    const starting = this.#starting.get(lobby) ?? this.#start(lobby);
    this.#starting.set(lobby, starting);
    try {
      return await starting;
    } finally {
      this.#starting.delete(lobby);
    }
  }

  /** The lobby that gave this resume token, if it is still running. */
  ofResumeToken(resumeToken: string): LobbyRunner | null {
    const [lobby = ''] = resumeToken.split('-', 1);
    return this.#running.get(partOfName(lobby))?.runner ?? null;
  }

  /** As the lobbies here know it, changes included; undefined where none of its lobbies runs here. */
  eventOf(eventId: EventId): StoredEvent | undefined {
    const [running] = this.#running.of(eventId).values();
    return running?.event;
  }

  /** The parts that run, wherever they do; those of other nodes are as they were at their last renewal. */
  async parts(eventIds: readonly EventId[]): Promise<(eventId: EventId) => readonly RunningPart[]> {
    const found = await this.#parts.directory.parts(eventIds);
    return (eventId) => {
      const here = this.#running.of(eventId);
      const elsewhere = (found.get(eventId) ?? []).filter(({ part }) => !here.has(part));
      const own = [...here].map(([part, { runner }]) => ({ part, counts: runner.counts() }));
      return [...own, ...elsewhere];
    };
  }

  /** Of all parts of an event together. */
  async counts(eventIds: readonly EventId[]): Promise<(eventId: EventId) => LobbyCounts> {
    const parts = await this.parts(eventIds);
    return (eventId) => parts(eventId).reduce((sum, { counts }) => added(sum, counts), NOBODY);
  }

  /** Other nodes learn at once how many are there, and not with the next renewal. */
  tellCounts(lobby: LobbyPart): void {
    void this.#running.get(lobby)?.lease.confirm();
  }

  /** On this node, at this moment. */
  headcount(): { readonly lobbies: number; readonly members: Census } {
    const members = emptyCensus();
    const running = this.#running.all();
    for (const { runner } of running) runner.takeCensus(members);
    return { lobbies: running.length, members };
  }

  /** The owner changed the event: calls under way keep their length, later ones have the new one. */
  async applyChange(event: StoredEvent): Promise<void> {
    // A lobby that is just starting may have read the event before it changed.
    await Promise.allSettled(this.#starting.of(event.id).values());
    for (const running of this.#running.of(event.id).values()) this.#applyTo(running, event);
    // Those that run here hear it again with their next renewal, which changes nothing.
    await this.#parts.directory.announceChange(event.id);
  }

  #applyTo(running: Running, event: StoredEvent): void {
    const { title, relayOnly, cycle } = event;
    running.runner.changeEvent({ title, relayOnly, cycle, ...this.#maker.eventTerms(event) });
    running.runner.changeRules(event.whoMeets);
    this.#keepHours(running, event);
  }

  /** Sends everybody away to come back, and gives the lobbies to whoever is asked next. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.allSettled(this.#starting.all());
    const all = this.#running.all();
    this.#running.clear();
    for (const running of all) this.#cancelTimers(running);
    await Promise.all(all.map((running) => this.#handOver(running)));
  }

  /** Gives one lobby to whoever asks for it next; its people are sent away to come back. */
  async release(lobby: LobbyPart): Promise<void> {
    const running = this.#running.get(lobby);
    if (!running) return;
    this.#running.delete(lobby);
    this.#cancelTimers(running);
    await this.#handOver(running);
  }

  async #handOver({ runner, lease }: Running): Promise<void> {
    await runner.stop(CLOSE.serverRestarting, () => lease.release());
  }

  async #start(lobby: LobbyPart): Promise<Result<LobbyRunner, NotHere>> {
    if (this.#stopped) return fail({ reason: 'unavailable' });
    const owned = await this.#parts.directory.own(lobby, this.#holderOf(lobby));
    if (!owned.ok) return owned;
    const lease = owned.value;
    const ending = new AbortController();
    let runner: LobbyRunner | null = null;
    try {
      runner = await this.#startOwned(lobby, lease, ending);
    } finally {
      if (runner === null) {
        ending.abort();
        await lease.release();
      }
    }
    return runner === null ? fail({ reason: 'unavailable' }) : ok(runner);
  }

  #holderOf(lobby: LobbyPart): LeaseHolder {
    const { events, log } = this.#parts;
    const { eventId } = lobby;
    const reload = async () => {
      const event = await events.find(eventId);
      const running = this.#running.get(lobby);
      if (event && running) this.#applyTo(running, event);
    };
    return {
      counts: () => this.#running.get(lobby)?.runner.counts() ?? NOBODY,
      changed: () => {
        reload().catch((error: unknown) => {
          log.error({ err: error, eventId }, 'a changed event could not be read');
        });
      },
    };
  }

  async #startOwned(
    part: LobbyPart,
    lease: Lease,
    ending: AbortController,
  ): Promise<LobbyRunner | null> {
    const { events } = this.#parts;
    const { eventId } = part;
    const metPairs = fencedPairs(this.#parts.metPairs, lease);
    const event = await events.find(eventId);
    if (!event) return null;
    const [pairs, blocks, iceServers] = await Promise.all([
      metPairs.load(eventId, event.cycle),
      this.#parts.blocks.load(eventId),
      this.#openIceServers(part, ending.signal),
    ]);
    const met = new MetPairs(pairs, event.cycle);
    const blocked = new PairSet(blocks);
    if (this.#stopped || !lease.holds()) return null;
    let basis: LobbyBasis = { name: nameOfPart(part), event, met, blocked, iceServers };
    const renew = async () => {
      basis = await this.#maker.refresh({ ...basis, event: running.event }, metPairs);
      // What the owner wants of a lobby may have been in the command that was skipped.
      this.#applyTo(running, basis.event);
      return this.#maker.make(basis);
    };
    const gaveUp = () => void this.#drop(part, running);
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
    this.#running.set(part, running);
    this.#keepHours(running, event);
    this.#watchIdle(part, running);
    const yieldUp = () => void this.#yieldUp(part, running);
    lease.lost.addEventListener('abort', yieldUp, { once: true });
    this.#parts.log.info({ ...part, epoch: lease.epoch }, 'lobby started');
    return runner;
  }

  #openIceServers(lobby: LobbyPart, signal: AbortSignal): Promise<LobbyIceServers> {
    const changed = (available: boolean) =>
      this.#running.get(lobby)?.runner.relayChanged(available);
    return this.#parts.iceServers.open(changed, signal);
  }

  /** Another node may run it by now: its people are to ask where it is. */
  async #yieldUp(lobby: LobbyPart, running: Running): Promise<void> {
    if (this.#running.get(lobby) !== running) return;
    this.#running.delete(lobby);
    this.#cancelTimers(running);
    this.#parts.log.warn({ ...lobby, epoch: running.lease.epoch }, 'lobby lost');
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

  #watchIdle(lobby: LobbyPart, running: Running): void {
    const { clock, limits, log } = this.#parts;
    let wasIdle = false;
    const check = () => {
      const idle = running.runner.isIdle();
      if (idle && wasIdle) {
        void this.#drop(lobby, running);
        log.info({ ...lobby }, 'empty lobby stopped');
        return;
      }
      wasIdle = idle;
      running.cancelIdleCheck = clock.after(limits.idleLobbyMs, check);
    };
    running.cancelIdleCheck = clock.after(limits.idleLobbyMs, check);
  }

  /** The next who asks for it starts it anew. */
  async #drop(lobby: LobbyPart, running: Running): Promise<void> {
    this.#cancelTimers(running);
    if (this.#running.get(lobby) === running) this.#running.delete(lobby);
    await running.lease.release();
  }

  #cancelTimers(running: Running): void {
    running.cancelHours();
    running.cancelIdleCheck();
    running.ending.abort();
  }
}

function added(one: LobbyCounts, other: LobbyCounts): LobbyCounts {
  return {
    here: one.here + other.here,
    waiting: one.waiting + other.waiting,
    inCall: one.inCall + other.inCall,
  };
}
