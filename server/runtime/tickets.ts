import type { MemberId, Millis, PeerId } from '../../shared/ids.ts';
import type { LobbyPart } from '../domain/lobby/lobbyPart.ts';
import type { Clock } from '../ports/clock.ts';
import type { Mint } from '../ports/mint.ts';
import type { TicketKey } from './ticketKey.ts';
import { openTicket, sealTicket, type TicketClaims } from './ticketSeal.ts';

/** Who a ticket admits, and where. */
export interface Admission {
  readonly lobby: LobbyPart;
  readonly member: MemberId;
  readonly name: string;
}

interface TicketParts {
  readonly clock: Clock;
  readonly mint: Mint;
  readonly keys: { signing(): TicketKey; find(id: string): TicketKey | null };
  /** The name of this node. */
  readonly node: string;
  readonly ttlMs: Millis;
}

/**
 * Tickets from the join answer to *hello*: single use, short-lived, for one node, and never stored.
 * What a ticket admits stands in the ticket itself, under an HMAC, so that any node can issue it.
 */
export class Tickets {
  readonly #parts: TicketParts;
  /** By seat; oldest first, since all live equally long. */
  readonly #used = new Map<PeerId, { readonly expiresAt: Millis; readonly usedAt: Millis }>();
  /** Before it this process did not run, and what was used then is not known. */
  #startedAt: Millis;

  constructor(parts: TicketParts) {
    this.#parts = parts;
    this.#startedAt = parts.clock.date().getTime();
  }

  /** `node` is where the lobby is, if not here. */
  issue({ lobby, member, name }: Admission, node = this.#parts.node): string {
    const { mint, keys, ttlMs } = this.#parts;
    const expiresAt = this.#now() + ttlMs;
    const seat = mint.id() as PeerId;
    return sealTicket({ lobby, member, seat, name, node, expiresAt }, keys.signing());
  }

  /** Null when the ticket is not ours, for another node, used, or too old. */
  redeem(ticket: string): Admission | null {
    const now = this.#now();
    this.#forgetExpired(now);
    const claims = openTicket(ticket, (id) => this.#parts.keys.find(id));
    if (claims === null || !this.#isValid(claims, now) || this.#used.has(claims.seat)) return null;
    const { lobby, member, seat, name, expiresAt } = claims;
    this.#used.set(seat, { expiresAt, usedAt: this.#parts.clock.now() });
    return { lobby, member, name };
  }

  /** How many used ones are kept in mind. */
  get remembered(): number {
    return this.#used.size;
  }

  #isValid({ node, expiresAt }: TicketClaims, now: Millis): boolean {
    const { ttlMs } = this.#parts;
    const issuedAt = expiresAt - ttlMs;
    // Another node's clock may be ahead; by more only where a calendar was put back.
    const isOfNow = expiresAt > now && issuedAt <= now + ttlMs;
    return node === this.#parts.node && isOfNow && issuedAt >= this.#startedAt;
  }

  /** Where the calendar was put back, this process began no later than now. */
  #now(): Millis {
    const now = this.#parts.clock.date().getTime();
    this.#startedAt = Math.min(this.#startedAt, now);
    return now;
  }

  /** By the calendar and by the time that passed: one of them alone can jump. */
  #forgetExpired(now: Millis): void {
    const passed = this.#parts.clock.now() - this.#parts.ttlMs;
    for (const [seat, { expiresAt, usedAt }] of this.#used) {
      if (expiresAt > now || usedAt > passed) return;
      this.#used.delete(seat);
    }
  }
}
