import type { Logger } from 'pino';
import { assertNever } from '../../shared/assertNever.ts';
import type { EventId, MatchId, MemberId, Millis } from '../../shared/ids.ts';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import type { ClientMessage } from '../../shared/protocol/lobby.ts';
import type { Lobby, LobbyCounts } from '../domain/lobby/lobby.ts';
import type { LobbyCommand } from '../domain/lobby/lobbyCommand.ts';
import type { LobbyEffect } from '../domain/lobby/lobbyEffect.ts';
import type { SocketId } from '../domain/lobby/member.ts';
import type { Broker } from '../ports/broker.ts';
import type { Clock } from '../ports/clock.ts';
import type { MetPairRepository } from '../ports/metPairRepository.ts';

/** The lobby's end of a socket. */
export interface Connection {
  send(text: string): void;
  close(code: number): void;
}

/** What a seated person may say; the rest of the protocol never reaches a lobby. */
type SeatMessage = Exclude<ClientMessage, { type: 'hello' | 'resume' | 'ping' }>;

/** The socket's end of a lobby. */
export interface Attachment {
  said(message: SeatMessage): void;
  /** `forGood`: the client closed it itself and will not resume. */
  gone(forGood: boolean): void;
}

interface RunnerParts {
  readonly eventId: EventId;
  readonly lobby: Lobby;
  readonly clock: Clock;
  readonly metPairs: MetPairRepository;
  readonly broker: Broker;
  readonly log: Logger;
}

type RecordPair = Extract<LobbyEffect, { type: 'recordPair' }>;
type Unmade = 'pairRefused' | 'pairUnrecorded';

/**
 * Runs one lobby: commands in, one at a time; effects out, in order. Pairs of a batch are written
 * with one insert, and only then is anything of that batch sent (group commit).
 */
export class LobbyRunner {
  readonly #parts: RunnerParts;
  readonly #connections = new Map<SocketId, Connection>();
  readonly #mailbox: LobbyCommand[] = [];
  #outbox: LobbyEffect[] = [];
  #working = false;
  #draining: Promise<void> | null = null;
  #alarm: { readonly at: Millis; readonly cancel: () => void } | null = null;
  #lastSocket = 0;
  #stopped = false;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  join(person: { member: MemberId; name: string }, connection: Connection): Attachment {
    const socket = this.#connect(connection);
    this.#post({ type: 'join', socket, ...person });
    return this.#attachment(socket);
  }

  resume(resumeToken: string, connection: Connection): Attachment {
    const socket = this.#connect(connection);
    this.#post({ type: 'resume', socket, resumeToken });
    return this.#attachment(socket);
  }

  close(): void {
    this.#post({ type: 'close' });
  }

  reopen(): void {
    this.#post({ type: 'reopen' });
  }

  changeEvent(change: { title: string; callMs: Millis; relayOnly: boolean }): void {
    this.#post({ type: 'changeEvent', ...change });
  }

  counts(): LobbyCounts {
    return this.#parts.lobby.counts();
  }

  isIdle(): boolean {
    return this.counts().here === 0 && this.#draining === null;
  }

  /** Sends everybody away to come back later, and settles when nothing is left to write. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#alarm?.cancel();
    await this.#draining;
    for (const connection of this.#connections.values()) connection.close(CLOSE.serverRestarting);
    this.#connections.clear();
  }

  #connect(connection: Connection): SocketId {
    const socket = ++this.#lastSocket as SocketId;
    this.#connections.set(socket, connection);
    return socket;
  }

  #attachment(socket: SocketId): Attachment {
    return {
      said: (message) => this.#post({ ...message, socket }),
      gone: (forGood) => {
        this.#connections.delete(socket);
        this.#post({ type: 'socketGone', socket, forGood });
      },
    };
  }

  /** Performing an effect may bring the next command at once: it waits for its turn. */
  #post(command: LobbyCommand): void {
    if (this.#stopped) return;
    this.#mailbox.push(command);
    if (this.#working) return;
    this.#working = true;
    try {
      this.#work();
    } finally {
      this.#working = false;
    }
    this.#setAlarm();
  }

  #work(): void {
    for (let next = this.#mailbox.shift(); next; next = this.#mailbox.shift()) {
      this.#outbox.push(...this.#parts.lobby.handle(next, this.#parts.clock.now()));
      this.#drain();
    }
  }

  #setAlarm(): void {
    const at = this.#parts.lobby.wakeAt();
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
    if (pairs.length === 0) return this.#perform(batch, new Map());
    this.#draining = this.#commit(pairs).then((unmade) => {
      this.#draining = null;
      this.#perform(batch, unmade);
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

  #perform(effects: readonly LobbyEffect[], unmade: ReadonlyMap<MatchId, Unmade>): void {
    for (const effect of effects) {
      const needs = effect.type === 'send' ? effect.onceRecorded : null;
      if (needs === null || !unmade.has(needs)) this.#performOne(effect, unmade);
    }
  }

  #performOne(effect: LobbyEffect, unmade: ReadonlyMap<MatchId, Unmade>): void {
    switch (effect.type) {
      case 'recordPair':
        return;
      case 'send': {
        const text = JSON.stringify(effect.message);
        for (const socket of effect.sockets) this.#connections.get(socket)?.send(text);
        return;
      }
      case 'disconnect': {
        this.#connections.get(effect.socket)?.close(effect.code);
        this.#connections.delete(effect.socket);
        return;
      }
      case 'openBroker':
        if (!unmade.has(effect.matchId)) this.#parts.broker.open(effect.peers);
        return;
      case 'openBrokerSeat':
        return this.#parts.broker.openSeat(effect.seat);
      case 'closeBroker':
        return this.#parts.broker.close(effect.peers);
      default:
        return assertNever(effect);
    }
  }
}
