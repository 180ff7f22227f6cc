import type { EventId, MemberId, Millis } from '../../shared/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { Mint } from '../ports/mint.ts';

/** Who a ticket admits, and where. */
export interface Admission {
  readonly eventId: EventId;
  readonly member: MemberId;
  readonly name: string;
}

/** Tickets from the join answer to *hello*: single use, short-lived, never stored. */
export class Tickets {
  readonly #clock: Clock;
  readonly #mint: Mint;
  readonly #ttlMs: Millis;
  readonly #open = new Map<string, { readonly admission: Admission; readonly until: Millis }>();

  constructor(parts: { clock: Clock; mint: Mint; ttlMs: Millis }) {
    this.#clock = parts.clock;
    this.#mint = parts.mint;
    this.#ttlMs = parts.ttlMs;
  }

  issue(admission: Admission): string {
    this.#forgetExpired();
    const ticket = this.#mint.token();
    this.#open.set(ticket, { admission, until: this.#clock.now() + this.#ttlMs });
    return ticket;
  }

  /** Null when the ticket is unknown, used or too old. */
  redeem(ticket: string): Admission | null {
    this.#forgetExpired();
    const found = this.#open.get(ticket);
    this.#open.delete(ticket);
    return found?.admission ?? null;
  }

  /** All live equally long, so the oldest come first. */
  #forgetExpired(): void {
    const now = this.#clock.now();
    for (const [ticket, { until }] of this.#open) {
      if (until > now) return;
      this.#open.delete(ticket);
    }
  }
}
