/** So many sockets at a time from one network address. */
export class SocketQuota {
  readonly #most: number;
  readonly #open = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Null when the address has all it may have; else what gives the place back, once. */
  take(address: string): (() => void) | null {
    const open = this.#open.get(address) ?? 0;
    if (open >= this.#most) return null;
    this.#open.set(address, open + 1);
    let held = true;
    return () => {
      if (held) this.#giveBack(address);
      held = false;
    };
  }

  #giveBack(address: string): void {
    const open = (this.#open.get(address) ?? 1) - 1;
    if (open === 0) this.#open.delete(address);
    else this.#open.set(address, open);
  }
}
