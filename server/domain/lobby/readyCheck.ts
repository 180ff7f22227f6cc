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
  readonly #signAt = new Map<MemberId, Millis>();
  /** Until when they may answer; as all have equally long, the earliest come first. */
  readonly #asked = new Map<MemberId, Millis>();

  constructor(rules: CheckRules, outbox: Outbox) {
    this.#rules = rules;
    this.#outbox = outbox;
  }

  /** They did something themselves. */
  sign({ id }: Member, now: Millis): void {
    this.#signAt.set(id, now);
    this.#asked.delete(id);
  }

  /** Who was never seen before is taken for present: their seat outlived an earlier lobby. */
  isPresent({ id }: Member, now: Millis): boolean {
    const signAt = this.#signAt.get(id);
    if (signAt === undefined) this.#signAt.set(id, now);
    return signAt === undefined || now - signAt < this.#rules.presentForMs;
  }

  /** Asks all of `waiting` who would meet somebody if they were known to be there. */
  askAround(
    waiting: readonly Member[],
    mayMeet: (one: Member, other: Member) => boolean,
    now: Millis,
  ): void {
    for (const member of waiting) {
      if (this.#asked.has(member.id) || this.isPresent(member, now)) continue;
      if (waiting.some((other) => other !== member && mayMeet(member, other)))
        this.#ask(member, now);
    }
  }

  /** Those whose time to answer is over. */
  missedBy(now: Millis): readonly MemberId[] {
    const missed = [...this.#asked].filter(([, until]) => until <= now).map(([id]) => id);
    for (const id of missed) this.#asked.delete(id);
    return missed;
  }

  /** They cannot answer now. */
  stopAsking({ id }: Member): void {
    this.#asked.delete(id);
  }

  forget({ id }: Member): void {
    this.#signAt.delete(id);
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
