import { KeptFrames } from '../../shared/protocol/keptFrames.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import type { ServerMessage } from '../../shared/protocol/lobby.ts';
import { isNumbered } from '../../shared/protocol/numbered.ts';
import type { LobbyRequest } from '../call/ports.ts';

/** Both directions of one seat, counted over all its sockets; shared/protocol/numbered.ts says how. */
export class MessageCount {
  #kept = newKept();
  #heard = 0;

  /** How many of the server's numbered messages have come. */
  get heard(): number {
    return this.#heard;
  }

  hear(message: ServerMessage): void {
    if (message.type === 'replay') this.#heard = message.from - 1;
    else if (isNumbered(message)) this.#heard += 1;
  }

  /** What is said now, as it is to be sent; kept until it is acknowledged. */
  say(message: LobbyRequest): string {
    const text = JSON.stringify(message);
    this.#kept.add(text);
    return text;
  }

  acknowledge(heard: number): void {
    this.#kept.acknowledge(heard);
  }

  /** After a resume: what the server has not heard yet, in order. */
  unheard(heard: number): readonly string[] {
    return this.#kept.countOnFrom(heard);
  }

  /** A fresh seat knows nothing of what was said at the one before. */
  startAnew(): void {
    this.#kept = newKept();
    this.#heard = 0;
  }
}

function newKept(): KeptFrames {
  return new KeptFrames({ frames: LIMITS.keptFrames, bytes: LIMITS.keptBytes });
}
