import type { MemberId } from '../../../shared/ids.ts';

/** The order in which people wait. Its head is a true head: ahead of everybody already there. */
export class WaitingLine {
  #order: MemberId[] = [];

  get length(): number {
    return this.#order.length;
  }

  joinEnd(id: MemberId): void {
    this.#order.push(id);
  }

  joinHead(id: MemberId): void {
    this.#order.unshift(id);
  }

  leave(id: MemberId): void {
    const place = this.#order.indexOf(id);
    if (place >= 0) this.#order.splice(place, 1);
  }

  isAhead(one: MemberId, other: MemberId): boolean {
    return this.#order.indexOf(one) < this.#order.indexOf(other);
  }

  /** Longest waiting first; a copy, so that the line may change meanwhile. */
  inOrder(): readonly MemberId[] {
    return [...this.#order];
  }

  [Symbol.iterator](): Iterator<MemberId> {
    return this.#order[Symbol.iterator]();
  }
}
