import type { Millis } from '../../shared/ids.ts';
import type { Clock } from '../ports/clock.ts';

interface Alarm {
  readonly at: Millis;
  readonly callback: () => void;
}

/** Time in the test's hand: what passes on the steady clock passes on the calendar as well. */
export class TestClock implements Clock {
  #now: Millis = 0;
  #calendar: Millis;
  readonly #alarms = new Set<Alarm>();

  constructor(date = '2026-11-21T12:00:00Z') {
    this.#calendar = Date.parse(date);
  }

  now(): Millis {
    return this.#now;
  }

  date(): Date {
    return new Date(this.#calendar);
  }

  after(delay: Millis, callback: () => void): () => void {
    const alarm = { at: this.#now + Math.max(0, delay), callback };
    this.#alarms.add(alarm);
    return () => this.#alarms.delete(alarm);
  }

  /** Calls whoever asked to be called meanwhile, in order. */
  pass(duration: Millis): void {
    const end = this.#now + duration;
    for (let next = this.#nextUntil(end); next; next = this.#nextUntil(end)) {
      this.#alarms.delete(next);
      this.#moveTo(next.at);
      next.callback();
    }
    this.#moveTo(end);
  }

  /** Somebody corrects the calendar; no time passes. */
  setCalendar(change: Millis): void {
    this.#calendar += change;
  }

  get alarms(): number {
    return this.#alarms.size;
  }

  #nextUntil(end: Millis): Alarm | undefined {
    const due = [...this.#alarms].filter(({ at }) => at <= end);
    return due.toSorted((one, other) => one.at - other.at)[0];
  }

  #moveTo(at: Millis): void {
    this.#calendar += at - this.#now;
    this.#now = at;
  }
}
