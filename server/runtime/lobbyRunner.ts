import type { Logger } from 'pino';
import type { EventId, MatchId, MemberId, Millis } from '../../shared/ids.ts';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import type { Census } from '../domain/lobby/census.ts';
import type { Lobby, LobbyCounts } from '../domain/lobby/lobby.ts';
import type { LobbyCommand } from '../domain/lobby/lobbyCommand.ts';
import type { LobbyEffect } from '../domain/lobby/lobbyEffect.ts';
import type { SocketId } from '../domain/lobby/member.ts';
import type { SchedulePlan } from '../domain/lobby/schedule.ts';
import type { LobbySnapshot } from '../domain/lobby/recovery.ts';
import type { Broker } from '../ports/broker.ts';
import type { Clock } from '../ports/clock.ts';
import type { MetPairRepository } from '../ports/metPairRepository.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { Tracer } from '../ports/tracer.ts';
import { CallTimes } from './callTimes.ts';
import type { Attachment, Connection } from './connection.ts';
import { crashReport } from './crashReport.ts';
import { EffectPerformer } from './effectPerformer.ts';
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
  readonly broker: Broker;
  readonly limits: ServerLimits;
  readonly telemetry: Telemetry;
  readonly tracer: Tracer;
  readonly log: Logger;
}

type RecordPair = Extract<LobbyEffect, { type: 'recordPair' }>;
type Unmade = 'pairRefused' | 'pairUnrecorded';

/**
 * Runs one lobby: commands in, one at a time; effects out, in order. Pairs of a batch are written
 * with one insert, and only then is anything of that batch sent (group commit). A lobby that throws
 * is replaced: the sockets stay, and so do the seats; the command that broke it is not tried again.
 */
export class LobbyRunner {
  readonly #parts: RunnerParts;
  readonly #lines: SeatLines;
  readonly #times: CallTimes;
  readonly #performer: EffectPerformer;
  readonly #crashes: RecentCount;
  #lobby: Lobby;
  readonly #mailbox: LobbyCommand[] = [];
  #outbox: LobbyEffect[] = [];
  /** Commands wait meanwhile; `renewing` as well as one being obeyed. */
  #busy: 'no' | 'working' | 'renewing' = 'no';
  #draining: Promise<void> | null = null;
  #alarm: { readonly at: Millis; readonly cancel: () => void } | null = null;
  #stopped = false;

  constructor(parts: RunnerParts) {
    const { lobby, limits } = parts;
    this.#parts = parts;
    this.#lobby = lobby;
    this.#lines = new SeatLines(parts);
    this.#times = new CallTimes(parts);
    this.#performer = new EffectPerformer({ ...parts, lines: this.#lines, times: this.#times });
    this.#crashes = new RecentCount({ most: limits.lobbyCrashes, withinMs: limits.lobbyCrashesMs });
  }

  join(person: { member: MemberId; name: string }, connection: Connection): Attachment {
    const socket = this.#lines.connect(connection, null);
    this.#post({ type: 'join', socket, ...person });
    return this.#attachment(socket);
  }

  /** `heard`: how many numbered messages have come; without it nothing is said again. */
  resume(
    { resumeToken, heard }: { resumeToken: string; heard?: number | undefined },
    connection: Connection,
  ): Attachment {
    const socket = this.#lines.connect(connection, heard ?? null);
    this.#post({ type: 'resume', socket, resumeToken });
    return this.#attachment(socket);
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

  changeEvent(change: { title: string; callMs: Millis; relayOnly: boolean }): void {
    this.#post({ type: 'changeEvent', ...change });
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
    return this.counts().here === 0 && this.#draining === null && this.#busy === 'no';
  }

  /**
   * Takes nothing more, writes what is to be written, does `whenWritten`, and then sends everybody
   * away, not all in the same instant.
   */
  async stop(code: number, whenWritten?: () => Promise<void>): Promise<void> {
    this.#stopped = true;
    this.#alarm?.cancel();
    await this.#draining;
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

  #attachment(socket: SocketId): Attachment {
    return {
      said: (message) => this.#post({ ...message, socket }),
      acknowledged: (heard) => {
        if (heard !== undefined) this.#lines.acknowledge(socket, heard);
        return this.#lobby.heardFrom(socket);
      },
      gone: (forGood) => {
        this.#lines.broken(socket);
        this.#post({ type: 'socketGone', socket, forGood });
      },
    };
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
      await this.#draining;
      const lobby = await this.#parts.renew();
      if (this.#stopped) return;
      this.#takeOver(lobby, snapshot, poison);
    } catch (error) {
      return this.#giveUp(error);
    }
    log.warn({ eventId, ms: Math.round(clock.now() - from) }, 'a lobby was renewed');
    telemetry.note({ type: 'lobbyRestarted' });
    this.#busy = 'no';
    this.#drain();
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

  /** At once when nothing is to be written; else as soon as it is written. */
  #drain(): void {
    if (this.#draining) return;
    const batch = this.#outbox;
    this.#outbox = [];
    const pairs = batch.filter((effect) => effect.type === 'recordPair');
    if (pairs.length === 0) return this.#performer.perform(batch, new Map());
    this.#draining = this.#commit(pairs).then((unmade) => {
      this.#draining = null;
      this.#performer.perform(batch, unmade);
      for (const [matchId, type] of unmade) this.#post({ type, matchId });
      this.#drain();
      return this.#draining ?? undefined;
    });
  }

  /** Which of the matches came to nothing, and why. */
  async #commit(pairs: readonly RecordPair[]): Promise<ReadonlyMap<MatchId, Unmade>> {
    const { metPairs, eventId, log } = this.#parts;
    const recorded = await metPairs.record(eventId, pairs);
    if (recorded.ok) return new Map([...recorded.value].map((id) => [id, 'pairRefused']));
    log.error({ eventId, pairs: pairs.length }, 'pairs could not be stored; matching pauses');
    return new Map(pairs.map(({ matchId }) => [matchId, 'pairUnrecorded']));
  }
}
