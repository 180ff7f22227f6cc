import type { Logger } from 'pino';
import type { EventId, MemberId, Millis } from '../../shared/ids.ts';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import type { WhoMeets } from '../../shared/protocol/whoMeets.ts';
import type { Census } from '../domain/lobby/census.ts';
import type { Lobby, LobbyCounts } from '../domain/lobby/lobby.ts';
import type { LobbyCommand } from '../domain/lobby/lobbyCommand.ts';
import type { LobbyEffect } from '../domain/lobby/lobbyEffect.ts';
import type { SchedulePlan } from '../domain/lobby/schedule.ts';
import type { LobbySnapshot } from '../domain/lobby/recovery.ts';
import type { BlockRepository } from '../ports/blockRepository.ts';
import type { Broker } from '../ports/broker.ts';
import type { Clock } from '../ports/clock.ts';
import type { MetPairRepository } from '../ports/metPairRepository.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { Tracer } from '../ports/tracer.ts';
import { BlockKeeper } from './blockKeeper.ts';
import { CallTimes } from './callTimes.ts';
import type { Attachment, Connection } from './connection.ts';
import { crashReport } from './crashReport.ts';
import { EffectGate } from './effectGate.ts';
import { EffectPerformer } from './effectPerformer.ts';
import { isPair, PairBook, type PairEffect, type Unmade } from './pairBook.ts';
import { LobbySeat, type SeatDesk } from './lobbySeat.ts';
import { RecentCount } from './recentCount.ts';
import { SeatLines } from './seatLines.ts';
import type { ServerLimits } from './serverLimits.ts';
import { spreadOut } from './spreadOut.ts';

export interface RunnerParts {
  readonly eventId: EventId;
  readonly lobby: Lobby;
  /** A new lobby without members, after the one before has broken. */
  renew(): Promise<Lobby>;
  /** The lobby breaks again and again, and everybody has been sent away to come back. */
  gaveUp(): void;
  readonly clock: Clock;
  readonly metPairs: MetPairRepository;
  readonly blocks: BlockRepository;
  readonly broker: Broker;
  readonly limits: ServerLimits;
  readonly telemetry: Telemetry;
  readonly tracer: Tracer;
  readonly log: Logger;
}

const NONE_UNMADE: Unmade = new Map();

type EventChange = Omit<Extract<LobbyCommand, { type: 'changeEvent' }>, 'type'>;

/**
 * Runs one lobby: commands in, one at a time; effects out, in order. A pair is written before its two
 * hear of each other, together with others that have come meanwhile (group commit); everybody else
 * waits for nothing. A lobby that throws is replaced: the sockets stay, and so do the seats; the command
 * that broke it is not tried again.
 */
export class LobbyRunner {
  readonly #parts: RunnerParts;
  readonly #lines: SeatLines;
  readonly #times: CallTimes;
  readonly #blocks: BlockKeeper;
  readonly #performer: EffectPerformer;
  readonly #pairs: PairBook;
  readonly #gate = new EffectGate();
  readonly #crashes: RecentCount;
  #lobby: Lobby;
  readonly #mailbox: LobbyCommand[] = [];
  #outbox: LobbyEffect[] = [];
  /** To be written once what is being written is. */
  #toWrite: PairEffect[] = [];
  /** Commands wait meanwhile; `renewing` as well as one being obeyed. */
  #busy: 'no' | 'working' | 'renewing' = 'no';
  #writing: Promise<void> | null = null;
  #alarm: { readonly at: Millis; readonly cancel: () => void } | null = null;
  #stopped = false;
  readonly #desk: SeatDesk = {
    said: (socket, message) => this.#post({ ...message, socket }),
    acknowledged: (socket, heard) => {
      if (heard !== undefined) this.#lines.acknowledge(socket, heard);
      return this.#lobby.heardFrom(socket);
    },
    gone: (socket, forGood) => {
      this.#lines.broken(socket);
      this.#post({ type: 'socketGone', socket, forGood });
    },
  };

  constructor(parts: RunnerParts) {
    const { lobby, limits } = parts;
    this.#parts = parts;
    this.#lobby = lobby;
    this.#lines = new SeatLines(parts);
    this.#times = new CallTimes(parts);
    this.#blocks = new BlockKeeper(parts);
    const [lines, times, blocks] = [this.#lines, this.#times, this.#blocks];
    this.#performer = new EffectPerformer({ ...parts, lines, times, blocks });
    this.#pairs = new PairBook(parts);
    this.#crashes = new RecentCount({ most: limits.lobbyCrashes, withinMs: limits.lobbyCrashesMs });
  }

  join(person: { member: MemberId; name: string }, connection: Connection): Attachment {
    const socket = this.#lines.connect(connection, null);
    this.#post({ type: 'join', socket, ...person });
    return new LobbySeat(this.#desk, socket);
  }

  /** `heard`: how many numbered messages have come; without it nothing is said again. */
  resume(
    { resumeToken, heard }: { resumeToken: string; heard?: number | undefined },
    connection: Connection,
  ): Attachment {
    const socket = this.#lines.connect(connection, heard ?? null);
    this.#post({ type: 'resume', socket, resumeToken });
    return new LobbySeat(this.#desk, socket);
  }

  close(): void {
    this.#post({ type: 'close' });
  }

  reopen(): void {
    this.#post({ type: 'reopen' });
  }

  reschedule(plan: SchedulePlan): void {
    this.#post({ type: 'reschedule', plan });
  }

  changeEvent(change: EventChange): void {
    this.#post({ type: 'changeEvent', ...change });
  }

  changeRules(whoMeets: WhoMeets): void {
    this.#post({ type: 'changeRules', whoMeets });
  }

  relayChanged(available: boolean): void {
    this.#post({ type: 'relayChanged', available });
  }

  counts(): LobbyCounts {
    return this.#lobby.counts();
  }

  takeCensus(census: Census): void {
    this.#lobby.takeCensus(census);
  }

  isIdle(): boolean {
    const idle = this.#writing === null && this.#busy === 'no' && this.#blocks.settled;
    return idle && this.counts().here === 0;
  }

  /**
   * Takes nothing more, writes what is to be written, does `whenWritten`, and then sends everybody
   * away, not all in the same instant.
   */
  async stop(code: number, whenWritten?: () => Promise<void>): Promise<void> {
    this.#stopped = true;
    this.#alarm?.cancel();
    await this.#writing;
    await this.#blocks.stop();
    await whenWritten?.();
    await this.#sendAway(code);
  }

  async #sendAway(code: number): Promise<void> {
    const { clock, limits } = this.#parts;
    const spread = { eachMs: limits.drainEachMs, withinMs: limits.drainMs };
    const connections = this.#lines.connections();
    this.#lines.forgetAll();
    await spreadOut(connections, spread, clock, (each) => each.close(code));
  }

  /** Performing an effect may bring the next command at once: it waits for its turn. */
  #post(command: LobbyCommand): void {
    if (this.#stopped) return;
    this.#mailbox.push(command);
    this.#work();
  }

  #work(): void {
    if (this.#busy !== 'no') return;
    this.#busy = 'working';
    const { tracer, eventId } = this.#parts;
    const span = tracer.begin('lobby commands', { eventId });
    const { commands, poison } = span.inside(() => this.#obeyAll());
    span.end({ commands }, poison ? 'poisoned' : undefined);
    this.#busy = poison ? 'renewing' : 'no';
    if (poison) void this.#renew(poison);
    else this.#setAlarm();
  }

  /** Up to the one that breaks the lobby, if there is one. */
  #obeyAll(): { readonly commands: number; readonly poison: LobbyCommand | null } {
    let commands = 0;
    for (let next = this.#mailbox.shift(); next; next = this.#mailbox.shift()) {
      commands += 1;
      if (!this.#obey(next)) return { commands, poison: next };
    }
    return { commands, poison: null };
  }

  /** False when the lobby is broken. */
  #obey(command: LobbyCommand): boolean {
    const { eventId, clock, telemetry, log } = this.#parts;
    this.#times.heard(command);
    try {
      this.#outbox.push(...this.#lobby.handle(command, clock.now()));
    } catch (error) {
      log.error({ eventId, ...crashReport(command, error) }, 'a command broke its lobby');
      telemetry.note({ type: 'commandPoisoned' });
      return false;
    }
    this.#drain();
    return true;
  }

  /** A new lobby takes over what was decided before the mistake, everybody's seats, and the mailbox. */
  async #renew(poison: LobbyCommand): Promise<void> {
    const { clock, telemetry, log, eventId } = this.#parts;
    const from = clock.now();
    try {
      if (!this.#crashes.add(from)) throw new Error('The lobby breaks again and again.');
      const { effects, snapshot } = this.#lobby.wreck();
      this.#outbox.push(...effects);
      this.#drain();
      await this.#writing;
      const lobby = await this.#parts.renew();
      if (this.#stopped) return;
      this.#takeOver(lobby, snapshot, poison);
    } catch (error) {
      return this.#giveUp(error);
    }
    log.warn({ eventId, ms: Math.round(clock.now() - from) }, 'a lobby was renewed');
    telemetry.note({ type: 'lobbyRestarted' });
    this.#drain();
    this.#busy = 'no';
    this.#work();
  }

  /** Who came in with that very command has no seat yet, and tries once more. */
  #takeOver(lobby: Lobby, snapshot: LobbySnapshot, poison: LobbyCommand): void {
    if (poison.type === 'join' || poison.type === 'resume') {
      this.#lines.close(poison.socket, CLOSE.serverRestarting);
    }
    this.#outbox.push(...lobby.adopt(snapshot, this.#lines.live(), this.#parts.clock.now()));
    if ('socket' in poison) this.#outbox.push(...lobby.remind(poison.socket));
    this.#lobby = lobby;
  }

  #giveUp(error: unknown): void {
    const { eventId, log, gaveUp } = this.#parts;
    this.#stopped = true;
    this.#alarm?.cancel();
    log.error(
      { eventId, error: error instanceof Error ? error.name : typeof error },
      'a lobby was given up',
    );
    void this.#blocks.stop();
    gaveUp();
    void this.#sendAway(CLOSE.serverRestarting);
  }

  #setAlarm(): void {
    const at = this.#lobby.wakeAt();
    if (at === (this.#alarm?.at ?? null)) return;
    this.#alarm?.cancel();
    this.#alarm = null;
    if (at === null || this.#stopped) return;
    const cancel = this.#parts.clock.after(at - this.#parts.clock.now(), () => {
      this.#alarm = null;
      this.#post({ type: 'tick' });
    });
    this.#alarm = { at, cancel };
  }

  /** What need not wait is done at once; pairs are written, and the rest is done then. */
  #drain(): void {
    const effects = this.#outbox;
    this.#outbox = [];
    this.#toWrite.push(...effects.filter(isPair));
    this.#performer.perform(this.#gate.pass(effects), NONE_UNMADE);
    if (this.#toWrite.length > 0) this.#writing ??= this.#write();
  }

  /** Until nothing more has come meanwhile. */
  async #write(): Promise<void> {
    while (this.#toWrite.length > 0) {
      const pairs = this.#toWrite;
      this.#toWrite = [];
      const unmade = await this.#pairs.write(pairs);
      this.#written(pairs, unmade);
    }
    this.#writing = null;
  }

  #written(pairs: readonly PairEffect[], unmade: Unmade): void {
    // Of a match that came to nothing nothing is carried over into a new cycle.
    this.#toWrite = this.#toWrite.filter(
      ({ type, matchId }) => type !== 'carryPair' || !unmade.has(matchId),
    );
    const effects = this.#gate.decided(pairs.map(({ matchId }) => matchId));
    this.#inOneGo(() => {
      this.#performer.perform(effects, unmade);
      for (const [matchId, type] of unmade) this.#post({ type, matchId });
    });
  }

  /** What comes of it, such as the end of a socket that does not read, is obeyed afterwards. */
  #inOneGo(perform: () => void): void {
    const before = this.#busy;
    if (before === 'no') this.#busy = 'working';
    perform();
    this.#busy = before;
    if (this.#mailbox.length > 0) this.#work();
  }
}
