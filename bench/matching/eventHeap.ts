interface Entry {
  readonly at: number;
  readonly act: () => void;
}

/** What is to happen when, earliest first (a binary heap). */
export class EventHeap {
  readonly #entries: Entry[] = [];

  get nextAt(): number {
    return this.#entries[0]?.at ?? Infinity;
  }

  add(at: number, act: () => void): void {
    const entries = this.#entries;
    let place = entries.push({ at, act }) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (entries[parent]!.at <= entries[place]!.at) return;
      this.#swap(place, parent);
      place = parent;
    }
  }

  take(): Entry {
    const first = this.#entries[0]!;
    const last = this.#entries.pop()!;
    if (this.#entries.length === 0) return first;
    this.#entries[0] = last;
    for (let place = 0; ;) {
      const child = this.#smallerChild(place);
      if (child === null || this.#entries[child]!.at >= this.#entries[place]!.at) return first;
      this.#swap(place, child);
      place = child;
    }
  }

  #smallerChild(place: number): number | null {
    const [left, right] = [2 * place + 1, 2 * place + 2];
    if (left >= this.#entries.length) return null;
    if (right >= this.#entries.length) return left;
    return this.#entries[right]!.at < this.#entries[left]!.at ? right : left;
  }

  #swap(one: number, other: number): void {
    const entries = this.#entries;
    [entries[one], entries[other]] = [entries[other]!, entries[one]!];
  }
}
