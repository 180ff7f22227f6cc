import type { MemberId, Millis } from '../../../shared/ids.ts';
import type { Call } from './call.ts';

/**
 * Who left a call before its minimum time was over, and until when they meet nobody else. Nobody is
 * held in a call: who has gone waits out the rest in the line, and a fresh seat changes nothing.
 */
export class EarlyLeavers {
  /** Stays when its member has gone: they may come back. */
  readonly #freeAt = new Map<MemberId, Millis>();

  /** They leave `call` now. */
  note(id: MemberId, { stage, minimumMs, minimumUntil }: Call, now: Millis): void {
    // Who goes before the time runs has chosen by a name alone.
    const freeAt = stage.phase === 'connecting' ? now + minimumMs : minimumUntil;
    if (freeAt > now) this.#freeAt.set(id, freeAt);
  }

  readonly isFree = (id: MemberId): boolean => !this.#freeAt.has(id);

  /** What they are told of it. */
  notice(id: MemberId, now: Millis): { readonly notBeforeMs?: Millis } {
    const freeAt = this.#freeAt.get(id);
    return freeAt === undefined ? {} : { notBeforeMs: Math.max(0, freeAt - now) };
  }

  /** Those who are free from now on. */
  passTime(now: Millis): readonly MemberId[] {
    if (this.#freeAt.size === 0) return [];
    const free = [...this.#freeAt].filter(([, freeAt]) => freeAt <= now).map(([id]) => id);
    for (const id of free) this.#freeAt.delete(id);
    return free;
  }

  dueAt(): Millis | null {
    return this.#freeAt.size === 0 ? null : Math.min(...this.#freeAt.values());
  }

  all(): readonly (readonly [MemberId, Millis])[] {
    return [...this.#freeAt];
  }

  /** From a lobby that broke. */
  takeOver(freeAt: Iterable<readonly [MemberId, Millis]>): void {
    for (const [id, at] of freeAt) this.#freeAt.set(id, at);
  }
}
