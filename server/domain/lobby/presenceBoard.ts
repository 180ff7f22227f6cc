import type { Millis } from '../../../shared/ids.ts';
import type { Presence } from '../../../shared/protocol/lobby.ts';
import type { LobbyRules } from './lobbyRules.ts';

type BoardRules = Pick<LobbyRules, 'presenceFramesPerSecond'>;

/**
 * Decides when the lobby's counts are worth telling: when changed, and not too often. In a large lobby
 * they change all the time, and telling thousands of people twice a second would be most of its work.
 */
export class PresenceBoard {
  readonly #rules: BoardRules;
  readonly #intervalMs: Millis;
  #current: Presence = { here: 0, waiting: 0 };
  /** They have changed since they were told; that they are the same again not everybody knows. */
  #changed = false;
  #toldAt = -Infinity;

  /** `intervalMs` lies between two of its tellings, or more in a large lobby. */
  constructor(rules: BoardRules, intervalMs: Millis) {
    this.#rules = rules;
    this.#intervalMs = intervalMs;
  }

  /** The counts to tell everybody now, or null when there is nothing new or it is too soon. */
  update(current: Presence, now: Millis): Presence | null {
    const { here, waiting } = this.#current;
    this.#changed ||= current.here !== here || current.waiting !== waiting;
    this.#current = current;
    const dueAt = this.dueAt();
    if (dueAt === null || dueAt > now) return null;
    this.#changed = false;
    this.#toldAt = now;
    return current;
  }

  /** When the last change may be told; null when everybody knows it. */
  dueAt(): Millis | null {
    return this.#changed ? this.#toldAt + this.#pauseMs() : null;
  }

  #pauseMs(): Millis {
    const { presenceFramesPerSecond } = this.#rules;
    return Math.max(this.#intervalMs, (this.#current.here / presenceFramesPerSecond) * 1_000);
  }
}
