const NOBODY = -1;

/** Whether the two with these numbers may meet. */
type MayMeet = (one: number, other: number) => boolean;

/**
 * Grows alternating trees over a matching that is not yet the largest, with blossoms shrunk to their
 * base (Edmonds 1965). People are numbers from 0 on; `mate` is changed in place by `flip`.
 */
export class AlternatingSearch {
  readonly #mate: Int32Array;
  readonly #mayMeet: MayMeet;
  /** How the search came to somebody at an odd distance; inside a blossom, the way around it. */
  readonly #parent: Int32Array;
  readonly #base: Int32Array;
  readonly #queue: Int32Array;
  readonly #reached: Uint8Array;
  readonly #inBlossom: Uint8Array;
  readonly #onPath: Uint8Array;
  /** The free come first: with one of them a search ends. */
  readonly #order: readonly number[];
  #tail = 0;
  #checksLeft: number;

  /** @param checks how many times at most `mayMeet` is asked in all searches together */
  constructor(mate: Int32Array, mayMeet: MayMeet, checks: number) {
    const size = mate.length;
    this.#mate = mate;
    this.#mayMeet = mayMeet;
    this.#checksLeft = checks;
    this.#parent = new Int32Array(size);
    this.#base = new Int32Array(size);
    this.#queue = new Int32Array(size);
    this.#reached = new Uint8Array(size);
    this.#inBlossom = new Uint8Array(size);
    this.#onPath = new Uint8Array(size);
    const all = [...mate.keys()];
    const isFree = (person: number) => this.#at(mate, person) === NOBODY;
    this.#order = [...all.filter(isFree), ...all.filter((person) => !isFree(person))];
  }

  get exhausted(): boolean {
    return this.#checksLeft <= 0;
  }

  /** Somebody free at the end of an augmenting path from `root`, who is free too; or null. */
  grow(root: number): number | null {
    this.#reached.fill(0);
    this.#parent.fill(NOBODY);
    for (let person = 0; person < this.#base.length; person += 1) this.#base[person] = person;
    this.#tail = 0;
    this.#reach(root);
    for (let head = 0; head < this.#tail && !this.exhausted; head += 1) {
      const end = this.#growFrom(this.#at(this.#queue, head), root);
      if (end !== null) return end;
    }
    return null;
  }

  /** Those who could be left over instead of the root of the last search that found nobody. */
  replaceable(): readonly number[] {
    return [...this.#queue.subarray(0, this.#tail)];
  }

  /** Pairs along the path that ends at `end`: both its ends are paired afterwards. */
  flip(end: number): void {
    for (let inner = end; inner !== NOBODY;) {
      const outer = this.#at(this.#parent, inner);
      const next = this.#at(this.#mate, outer);
      this.#mate[inner] = outer;
      this.#mate[outer] = inner;
      inner = next;
    }
  }

  /** The root of the last search takes the place of `leftOver`, one of `replaceable`. */
  exchange(leftOver: number): void {
    const end = this.#at(this.#mate, leftOver);
    this.#mate[leftOver] = NOBODY;
    if (end !== NOBODY) this.flip(end);
  }

  #growFrom(person: number, root: number): number | null {
    for (const other of this.#order) {
      if (other === person || this.#at(this.#base, person) === this.#at(this.#base, other))
        continue;
      if (this.#at(this.#mate, person) === other) continue;
      this.#checksLeft -= 1;
      if (!this.#mayMeet(person, other)) continue;
      const mate = this.#at(this.#mate, other);
      const isOuter =
        other === root || (mate !== NOBODY && this.#at(this.#parent, mate) !== NOBODY);
      if (isOuter) this.#shrink(person, other);
      else if (this.#at(this.#parent, other) === NOBODY) {
        this.#parent[other] = person;
        if (mate === NOBODY) return other;
        this.#reach(mate);
      }
    }
    return null;
  }

  #reach(person: number): void {
    this.#reached[person] = 1;
    this.#queue[this.#tail] = person;
    this.#tail += 1;
  }

  #shrink(one: number, other: number): void {
    const base = this.#commonBase(one, other);
    this.#inBlossom.fill(0);
    this.#markAround(one, base, other);
    this.#markAround(other, base, one);
    for (let person = 0; person < this.#base.length; person += 1) {
      if (this.#inBlossom[this.#at(this.#base, person)] !== 1) continue;
      this.#base[person] = base;
      if (this.#reached[person] !== 1) this.#reach(person);
    }
  }

  #commonBase(one: number, other: number): number {
    this.#onPath.fill(0);
    for (let at = this.#at(this.#base, one); ; at = this.#up(at)) {
      this.#onPath[at] = 1;
      if (this.#at(this.#mate, at) === NOBODY) break;
    }
    let at = this.#at(this.#base, other);
    while (this.#onPath[at] !== 1) at = this.#up(at);
    return at;
  }

  /** From one blossom's base to the next one's on the way to the root. */
  #up(base: number): number {
    return this.#at(this.#base, this.#at(this.#parent, this.#at(this.#mate, base)));
  }

  #markAround(from: number, base: number, towards: number): void {
    let child = towards;
    for (let at = from; this.#at(this.#base, at) !== base;) {
      const mate = this.#at(this.#mate, at);
      this.#inBlossom[this.#at(this.#base, at)] = 1;
      this.#inBlossom[this.#at(this.#base, mate)] = 1;
      this.#parent[at] = child;
      child = mate;
      at = this.#at(this.#parent, mate);
    }
  }

  #at(list: Int32Array, place: number): number {
    return list[place] ?? NOBODY;
  }
}
