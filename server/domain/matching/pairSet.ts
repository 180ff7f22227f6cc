import type { MemberId } from '../../../shared/ids.ts';

/** Pairs of members of one event. Symmetric: the order of a pair does not matter. */
export class PairSet {
  readonly #partnersOf = new Map<MemberId, Set<MemberId>>();

  constructor(pairs: Iterable<readonly [MemberId, MemberId]> = []) {
    for (const [one, other] of pairs) this.add(one, other);
  }

  has(one: MemberId, other: MemberId): boolean {
    return this.#partnersOf.get(one)?.has(other) ?? false;
  }

  add(one: MemberId, other: MemberId): void {
    this.#note(one, other);
    this.#note(other, one);
  }

  remove(one: MemberId, other: MemberId): void {
    this.#partnersOf.get(one)?.delete(other);
    this.#partnersOf.get(other)?.delete(one);
  }

  /** How many partners one has, whether they are here or not. */
  partnersOf(one: MemberId): number {
    return this.#partnersOf.get(one)?.size ?? 0;
  }

  clear(): void {
    this.#partnersOf.clear();
  }

  #note(one: MemberId, other: MemberId): void {
    const partners = this.#partnersOf.get(one);
    if (partners) partners.add(other);
    else this.#partnersOf.set(one, new Set([other]));
  }
}
