import type { MemberId, Millis } from '../../../shared/ids.ts';
import type { LobbyRules } from './lobbyRules.ts';
import type { Member } from './member.ts';
import type { Outbox } from './outbox.ts';

type CheckRules = Pick<LobbyRules, 'presentForMs' | 'readyCheckMs'>;

/**
 * Whether those who wait are still there: who has given no sign for long is asked before they are
 * introduced to anybody. Nobody waits for the answer; the others meet each other meanwhile. Asked are
 * only those who could meet somebody now, so that who waits alone is left in peace.
 */
export class ReadyCheck {
  readonly #rules: CheckRules;
  readonly #outbox: Outbox;
  /** When they last gave a sign, the longest ago first. */
  readonly #signAt = new Map<MemberId, Millis>();
  readonly #silent = new Set<MemberId>();
  /** Until when they may answer; as all have equally long, the earliest come first. */
  readonly #asked = new Map<MemberId, Millis>();

  constructor(rules: CheckRules, outbox: Outbox) {
    this.#rules = rules;
    this.#outbox = outbox;
  }

  /** They did something themselves; true when nobody had been sure that they are there. */
  sign({ id }: Member, now: Millis): boolean {
    this.#signAt.delete(id);
    this.#signAt.set(id, now);
    this.#asked.delete(id);
    return this.#silent.delete(id);
  }

  /** Whether anybody has been silent for long. */
  get hasDoubts(): boolean {
    return this.#silent.size > 0;
  }

  readonly isThere = ({ id }: Member): boolean => !this.#silent.has(id);

  /** Those whose time to answer is over. */
  passTime(now: Millis): readonly MemberId[] {
    for (const [id, signAt] of this.#signAt) {
      if (signAt + this.#rules.presentForMs > now) break;
      this.#signAt.delete(id);
      this.#silent.add(id);
    }
    const missed = [...this.#asked].filter(([, until]) => until <= now).map(([id]) => id);
    for (const id of missed) this.#asked.delete(id);
    return missed;
  }

  /** Asks all of `waiting` who could meet somebody if they were known to be there. */
  askAround(
    waiting: readonly Member[],
    mayMeet: (one: Member, other: Member) => boolean,
    now: Millis,
  ): void {
    for (const member of waiting) {
      if (this.isThere(member) || this.#asked.has(member.id)) continue;
      if (waiting.some((other) => mayMeet(member, other))) this.#ask(member, now);
    }
  }

  /** They cannot answer now. */
  stopAsking({ id }: Member): void {
    this.#asked.delete(id);
  }

  forget({ id }: Member): void {
    this.#signAt.delete(id);
    this.#silent.delete(id);
    this.#asked.delete(id);
  }

  dueAt(): Millis | null {
    for (const until of this.#asked.values()) return until;
    return null;
  }

  #ask(member: Member, now: Millis): void {
    const { readyCheckMs } = this.#rules;
    this.#asked.set(member.id, now + readyCheckMs);
    this.#outbox.send(member, { type: 'areYouThere', answerInMs: readyCheckMs });
  }
}
