import type { MaskAnswer, MaskRequest } from './messages.ts';
import { MODEL_HEIGHT, MODEL_WIDTH, ModelInput } from './modelInput.ts';
import type { Planes } from './planes.ts';

interface Pending {
  readonly id: number;
  readonly askedAt: number;
  settle(): void;
}

/** Masks from the worker with the network, one at a time, through whatever port is there at present. */
export class MaskSource {
  readonly #now: () => number;
  readonly #arrived: (mask: Uint8Array, askedAt: number) => void;
  readonly #input = new ModelInput();
  #pixels: Uint8ClampedArray<ArrayBuffer> | null = null;
  #port: MessagePort | null = null;
  #pending: Pending | null = null;
  #count = 0;

  constructor(now: () => number, arrived: (mask: Uint8Array, askedAt: number) => void) {
    this.#now = now;
    this.#arrived = arrived;
  }

  get isThere(): boolean {
    return this.#port !== null;
  }

  /** How long the oldest unanswered request has been waiting, ms. */
  get waitingMs(): number {
    return this.#pending === null ? 0 : this.#now() - this.#pending.askedAt;
  }

  /** What was asked at an earlier port is not answered any more. */
  connect(port: MessagePort | null): void {
    this.#port?.close();
    this.#pending?.settle();
    this.#pending = null;
    this.#pixels = null;
    this.#port = port;
    if (port) port.onmessage = ({ data }: MessageEvent<MaskAnswer>) => this.#answered(data);
  }

  /** Whether a request is still unanswered. */
  get isAsked(): boolean {
    return this.#pending !== null;
  }

  /** Asks for the mask of a picture. Settles when it has arrived, or will not any more. */
  ask(planes: Planes): Promise<void> {
    if (this.#port === null || this.#pending !== null) return Promise.resolve();
    const pixels = this.#pixels ?? new Uint8ClampedArray(MODEL_WIDTH * MODEL_HEIGHT * 4);
    this.#pixels = null;
    this.#input.fill(planes, pixels);
    this.#count += 1;
    const request: MaskRequest = { id: this.#count, pixels };
    this.#port.postMessage(request, [pixels.buffer]);
    const askedAt = this.#now();
    return new Promise((settle) => {
      this.#pending = { id: request.id, askedAt, settle };
    });
  }

  #answered({ id, mask, pixels }: MaskAnswer): void {
    const pending = this.#pending;
    if (pending?.id !== id) return;
    this.#pending = null;
    this.#pixels = pixels;
    this.#arrived(mask, pending.askedAt);
    pending.settle();
  }
}
