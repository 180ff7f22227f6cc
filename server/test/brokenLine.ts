import { decodeJson } from '../../shared/protocol/decode.ts';
import { KeptFrames } from '../../shared/protocol/keptFrames.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import {
  ServerMessageSchema,
  type ClientMessage,
  type ServerMessage,
} from '../../shared/protocol/lobby.ts';
import { isNumbered } from '../../shared/protocol/numbered.ts';
import type { Attachment, SeatMessage } from '../runtime/connection.ts';
import type { runnerScene } from './runnerScene.ts';

type Scene = Pick<ReturnType<typeof runnerScene>, 'runner' | 'join'>;

/** Frames on their way, in both directions, and whether anybody at the server knows that they are lost. */
interface Wire {
  readonly up: string[];
  readonly down: string[];
  attachment: Attachment | null;
  welcomed: boolean;
}

/**
 * A client of the protocol over a line whose frames travel when the test says so, and whose cuts lose
 * whatever is on its way.
 */
export class BrokenLine {
  readonly heard: ServerMessage[] = [];
  readonly #name: string;
  readonly #scene: Scene;
  readonly #kept = new KeptFrames({ frames: LIMITS.keptFrames, bytes: LIMITS.keptBytes });
  #count = 0;
  #resumeToken: string | null = null;
  #wire: Wire | null = null;
  /** Cut, and the server has not noticed. */
  readonly #ghosts: Attachment[] = [];

  constructor(name: string, scene: Scene) {
    this.#name = name;
    this.#scene = scene;
  }

  get isUp(): boolean {
    return this.#wire?.welcomed ?? false;
  }

  /** What may be said before the oldest is forgotten. */
  get room(): number {
    return LIMITS.keptFrames - (this.#kept.sent - this.#acknowledged);
  }
  #acknowledged = 0;

  /** A new socket: *hello* the first time, and then *resume*. */
  connect(): void {
    const wire: Wire = { up: [], down: [], attachment: null, welcomed: false };
    this.#wire = wire;
    const connection = {
      send: (text: string) => void wire.down.push(text),
      close: () => undefined,
    };
    const resumeToken = this.#resumeToken;
    wire.attachment =
      resumeToken === null
        ? this.#scene.join(this.#name, connection)
        : this.#scene.runner.resume({ resumeToken, heard: this.#count }, connection);
  }

  say(message: SeatMessage): void {
    const text = JSON.stringify(message);
    this.#kept.add(text);
    if (this.isUp) this.#wire?.up.push(text);
  }

  ping(): void {
    const ping: ClientMessage = { type: 'ping', heard: this.#count };
    if (this.isUp) this.#wire?.up.push(JSON.stringify(ping));
  }

  /** Everything on its way is lost. The server hears of it now, or whenever `noticeCuts` is called. */
  cut(noticed: boolean): void {
    const attachment = this.#wire?.attachment;
    this.#wire = null;
    if (!attachment) return;
    this.#ghosts.push(attachment);
    if (noticed) this.noticeCuts();
  }

  noticeCuts(): void {
    for (const ghost of this.#ghosts.splice(0)) ghost.gone(false);
  }

  /** The next frames arrive, at the server and here. */
  deliver(frames = Infinity): void {
    const wire = this.#wire;
    if (!wire) return;
    for (const text of wire.up.splice(0, frames)) this.#arriveAtServer(wire, text);
    for (const text of wire.down.splice(0, frames)) this.#arriveHere(wire, text);
  }

  #arriveAtServer(wire: Wire, text: string): void {
    const message = JSON.parse(text) as SeatMessage | Extract<ClientMessage, { type: 'ping' }>;
    if (message.type !== 'ping') return wire.attachment?.said(message);
    const heard = wire.attachment?.acknowledged(message.heard) ?? 0;
    wire.down.push(JSON.stringify({ type: 'pong', heard }));
  }

  #arriveHere(wire: Wire, text: string): void {
    const decoded = decodeJson(ServerMessageSchema, text);
    if (!decoded.ok) throw new Error(`Against the protocol: ${decoded.error.detail}`);
    const message = decoded.value;
    this.heard.push(message);
    if (isNumbered(message)) this.#count += 1;
    if (message.type === 'replay') this.#count = message.from - 1;
    if (message.type === 'pong') this.#acknowledge(message.heard);
    if (message.type !== 'welcome') return;
    wire.welcomed = true;
    this.#resumeToken = message.resumeToken;
    this.#acknowledge(message.heard);
    wire.up.push(...this.#kept.countOnFrom(message.heard));
  }

  #acknowledge(heard: number): void {
    this.#acknowledged = heard;
    this.#kept.acknowledge(heard);
  }
}
