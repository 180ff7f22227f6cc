import type { MemberId } from '../../../shared/ids.ts';

interface Place<T> {
  readonly person: T;
  /** Smaller is further ahead. */
  readonly key: number;
  ahead: Place<T> | null;
  behind: Place<T> | null;
}

/**
 * The order in which people wait. Its head is a true head: ahead of everybody already there. Coming,
 * going and comparing cost the same at any length.
 */
export class WaitingLine<T extends { readonly id: MemberId }> {
  readonly #places = new Map<MemberId, Place<T>>();
  #head: Place<T> | null = null;
  #tail: Place<T> | null = null;

  get length(): number {
    return this.#places.size;
  }

  joinEnd(person: T): void {
    const ahead = this.#tail;
    const place = { person, key: (ahead?.key ?? 0) + 1, ahead, behind: null };
    if (ahead) ahead.behind = place;
    else this.#head = place;
    this.#tail = place;
    this.#places.set(person.id, place);
  }

  joinHead(person: T): void {
    const behind = this.#head;
    const place = { person, key: (behind?.key ?? 0) - 1, ahead: null, behind };
    if (behind) behind.ahead = place;
    else this.#tail = place;
    this.#head = place;
    this.#places.set(person.id, place);
  }

  leave({ id }: T): void {
    const place = this.#places.get(id);
    if (!place) return;
    const { ahead, behind } = place;
    if (ahead) ahead.behind = behind;
    else this.#head = behind;
    if (behind) behind.ahead = ahead;
    else this.#tail = ahead;
    this.#places.delete(id);
  }

  has({ id }: T): boolean {
    return this.#places.has(id);
  }

  isAhead(one: T, other: T): boolean {
    const [place, otherPlace] = [this.#places.get(one.id), this.#places.get(other.id)];
    return place !== undefined && otherPlace !== undefined && place.key < otherPlace.key;
  }

  /** Longest waiting first; who leaves meanwhile may still come up. */
  *[Symbol.iterator](): Generator<T> {
    for (let place = this.#head; place; place = place.behind) yield place.person;
  }
}
