import { KeptFrames } from '../../shared/protocol/keptFrames.ts';
import type { ServerMessage } from '../../shared/protocol/lobby.ts';
import { isNumbered } from '../../shared/protocol/numbered.ts';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import type { SocketId } from '../domain/lobby/member.ts';
import type { Clock } from '../ports/clock.ts';
import type { Connection } from './connection.ts';
import { RecentCount } from './recentCount.ts';
import type { ServerLimits } from './serverLimits.ts';
import { spreadOut } from './spreadOut.ts';

const MINUTE_MS = 60_000;

type LimitName = 'replayFrames' | 'replayBytes' | 'entriesPerMinute' | 'presenceFramesPerSecond';

interface LinesParts {
  readonly clock: Clock;
  readonly limits: Pick<ServerLimits, LimitName>;
}

/** One socket of a lobby, and what is kept for the seat behind it. */
interface Line {
  /** Null once it broke. */
  connection: Connection | null;
  /** Null while nothing was ever sent that is to be kept: most people of a crowd only look on. */
  kept: KeptFrames | null;
  /** Of the seat's owner, since it was given. */
  returns: RecentCount | null;
  /** What a returning client says that it has heard; null: it does not know. */
  readonly heard: number | null;
}

/** The sockets of a lobby, and for each seat what was sent there and is not acknowledged yet. */
export class SeatLines {
  readonly #parts: LinesParts;
  readonly #keptMost: { readonly frames: number; readonly bytes: number };
  readonly #lines = new Map<SocketId, Line>();
  #lastSocket = 0;
  /** The latest, for everybody who has not heard it yet. */
  #presence = '';

  constructor(parts: LinesParts) {
    this.#parts = parts;
    this.#keptMost = { frames: parts.limits.replayFrames, bytes: parts.limits.replayBytes };
  }

  connect(connection: Connection, heard: number | null): SocketId {
    const socket = ++this.#lastSocket as SocketId;
    this.#lines.set(socket, { connection, kept: null, returns: null, heard });
    return socket;
  }

  /** The sockets that stand. */
  live(): ReadonlySet<SocketId> {
    const live = new Set<SocketId>();
    for (const [socket, { connection }] of this.#lines) if (connection) live.add(socket);
    return live;
  }

  connections(): readonly Connection[] {
    return [...this.#lines.values()]
      .map(({ connection }) => connection)
      .filter((each) => each !== null);
  }

  send(sockets: readonly SocketId[], message: ServerMessage): void {
    const text = JSON.stringify(message);
    if (message.type === 'presence') return this.#spreadPresence(sockets, text);
    const numbered = isNumbered(message);
    for (const socket of sockets) {
      const line = this.#lines.get(socket);
      if (line && numbered) this.#keptOf(line).add(text);
      line?.connection?.send(text);
    }
  }

  /** At the rate at which it is told anyway: nobody's match waits for the presence of thousands. */
  #spreadPresence(sockets: readonly SocketId[], text: string): void {
    this.#presence = text;
    const { clock, limits } = this.#parts;
    const spread = { eachMs: 1_000 / limits.presenceFramesPerSecond, withinMs: Infinity };
    const tell = (socket: SocketId) => this.#lines.get(socket)?.connection?.send(this.#presence);
    void spreadOut(sockets, spread, clock, tell);
  }

  acknowledge(socket: SocketId, heard: number): void {
    this.#lines.get(socket)?.kept?.acknowledge(heard);
  }

  /** The seat goes on at `to`: what was missed is said there first. */
  move(from: SocketId, to: SocketId): void {
    const before = this.#lines.get(from);
    const line = this.#lines.get(to);
    if (!line) return;
    // What was kept may have gone with a socket whose *resume* broke the lobby: counting begins anew.
    if (before) line.kept = before.kept;
    if (before) before.kept = null;
    const kept = this.#keptOf(line);
    const missed = line.heard === null ? null : kept.since(line.heard);
    const first = kept.sent + 1 - (missed?.length ?? 0);
    line.connection?.send(JSON.stringify({ type: 'replay', from: first } satisfies ServerMessage));
    for (const text of missed ?? []) line.connection?.send(text);
    if (line.heard !== null) kept.acknowledge(line.heard);
    if (before?.connection === null) this.#lines.delete(from);
    this.#countReturn(before, line);
  }

  /** Each socket has a burst of its own: who comes back all the time would have it all the time. */
  #countReturn(before: Line | undefined, line: Line): void {
    const { clock, limits } = this.#parts;
    line.returns =
      before?.returns ?? new RecentCount({ most: limits.entriesPerMinute, withinMs: MINUTE_MS });
    if (!line.returns.add(clock.now())) line.connection?.close(CLOSE.tryAgainLater);
  }

  #keptOf(line: Line): KeptFrames {
    return (line.kept ??= new KeptFrames(this.#keptMost));
  }

  /** What is said from now on is kept for the seat's next socket. */
  broken(socket: SocketId): void {
    const line = this.#lines.get(socket);
    if (line) line.connection = null;
  }

  /** Shows somebody the door. */
  close(socket: SocketId, code: number): void {
    const connection = this.#lines.get(socket)?.connection;
    this.#lines.delete(socket);
    connection?.close(code);
  }

  /** Nobody comes back to this seat. */
  forget(socket: SocketId): void {
    this.#lines.delete(socket);
  }

  forgetAll(): void {
    this.#lines.clear();
  }
}
