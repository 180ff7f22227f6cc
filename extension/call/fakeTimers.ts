import type { Timers } from './ports.ts';

/** Timers whose time passes only when a test says so. */
export class FakeTimers implements Timers {
  #now = 0;
  readonly #armed = new Map<string, { at: number; fire: () => void }>();

  now(): number {
    return this.#now;
  }

  arm(name: string, inMs: number, fire: () => void): void {
    this.#armed.set(name, { at: this.#now + inMs, fire });
  }

  disarm(name: string): void {
    this.#armed.delete(name);
  }

  get names(): string[] {
    return [...this.#armed.keys()];
  }

  /** Lets time pass, and fires what is due in its order. */
  pass(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const due = [...this.#armed].filter(([, { at }]) => at <= until);
      const [next] = due.sort(([, one], [, other]) => one.at - other.at);
      if (!next) break;
      const [name, { at, fire }] = next;
      this.#armed.delete(name);
      this.#now = at;
      fire();
    }
    this.#now = until;
  }
}
