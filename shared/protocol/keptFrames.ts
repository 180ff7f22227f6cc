/**
 * The numbered frames of one direction that the other side has not acknowledged. Bounded: when there
 * are too many, the oldest are forgotten.
 */
export class KeptFrames {
  readonly #most: { readonly frames: number; readonly bytes: number };
  #frames: string[] = [];
  #length = 0;
  #sent = 0;

  /** `bytes` counts characters, which are bytes in all but names and chat. */
  constructor(most: { readonly frames: number; readonly bytes: number }) {
    this.#most = most;
  }

  /** The number of the newest frame, kept or not. */
  get sent(): number {
    return this.#sent;
  }

  add(frame: string): void {
    this.#sent += 1;
    this.#frames.push(frame);
    this.#length += frame.length;
    while (this.#frames.length > this.#most.frames || this.#length > this.#most.bytes) {
      this.#forgetOldest();
    }
  }

  /** The other side has those up to number `heard`. */
  acknowledge(heard: number): void {
    while (this.#frames.length > 0 && this.#oldest() <= heard) this.#forgetOldest();
  }

  /** The frames after number `heard`, oldest first; null when some of them are forgotten. */
  since(heard: number): readonly string[] | null {
    const missing = this.#sent - heard;
    if (missing < 0 || missing > this.#frames.length) return null;
    return this.#frames.slice(this.#frames.length - missing);
  }

  /**
   * The other side counts on from `heard`: what is still kept comes next, and what was forgotten
   * before anybody heard it has no number.
   */
  countOnFrom(heard: number): readonly string[] {
    this.acknowledge(heard);
    this.#sent = heard + this.#frames.length;
    return [...this.#frames];
  }

  #oldest(): number {
    return this.#sent - this.#frames.length + 1;
  }

  #forgetOldest(): void {
    this.#length -= this.#frames.shift()?.length ?? 0;
  }
}
