import type { Millis } from '../../shared/ids.ts';
import type { Timers } from '../call/ports.ts';

/** Named timers on the page's monotonic clock. */
export class BrowserTimers implements Timers {
  readonly #armed = new Map<string, ReturnType<typeof setTimeout>>();

  now(): Millis {
    return performance.now();
  }

  arm(name: string, inMs: Millis, fire: () => void): void {
    this.disarm(name);
    const timer = setTimeout(() => {
      this.#armed.delete(name);
      fire();
    }, inMs);
    this.#armed.set(name, timer);
  }

  disarm(name: string): void {
    clearTimeout(this.#armed.get(name));
    this.#armed.delete(name);
  }
}
