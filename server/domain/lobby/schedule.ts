import type { Millis } from '../../../shared/ids.ts';
import type { Pairing } from '../../../shared/protocol/lobby.ts';

/** Points in time are the lobby's. */
export interface Rounds {
  readonly firstAt: Millis;
  readonly everyMs: Millis;
}

/** When the organizer wants people to be introduced to each other. */
export interface SchedulePlan {
  readonly paused: boolean;
  /** Null: at any time. */
  readonly rounds: Rounds | null;
}

interface ScheduleRules {
  /** So long from the beginning of a round on people are introduced. */
  readonly roundOpenMs: Millis;
  /** So long before a round people are asked whether they are there. */
  readonly readyCheckMs: Millis;
}

/** Whether anybody is introduced now, and when that changes. */
export class Schedule {
  readonly #rules: ScheduleRules;
  #plan: SchedulePlan = { paused: false, rounds: null };
  #known: Pairing['state'] | null = 'running';
  #dueAt: Millis | null = null;
  #gathersFrom: Millis | null = null;

  constructor(rules: ScheduleRules) {
    this.#rules = rules;
  }

  get plan(): SchedulePlan {
    return this.#plan;
  }

  change(plan: SchedulePlan): void {
    this.#plan = plan;
    // The next round may be at another time now.
    if (this.#known === 'betweenRounds') this.#known = null;
  }

  at(now: Millis): Pairing {
    const { paused, rounds } = this.#plan;
    if (paused) return { state: 'paused' };
    if (rounds === null || this.#isOpen(rounds, now)) return { state: 'running' };
    return { state: 'betweenRounds', nextInMs: nextRound(rounds, now) - now };
  }

  /** What holds from now on, when it is something else than before; null when nothing is new. */
  follow(now: Millis): Pairing | null {
    const pairing = this.at(now);
    this.#look(pairing, now);
    if (pairing.state === this.#known) return null;
    this.#known = pairing.state;
    return pairing;
  }

  /** A round is about to begin: those who will meet in it gather. */
  gathers(now: Millis): boolean {
    return this.#gathersFrom !== null && this.#gathersFrom <= now;
  }

  dueAt(): Millis | null {
    return this.#dueAt;
  }

  #look(pairing: Pairing, now: Millis): void {
    const { rounds } = this.#plan;
    this.#gathersFrom = null;
    this.#dueAt = null;
    if (rounds === null || pairing.state === 'paused') return;
    const next = nextRound(rounds, now);
    if (pairing.state === 'running') {
      this.#dueAt = roundBefore(rounds, now) + this.#rules.roundOpenMs;
      return;
    }
    this.#gathersFrom = next - this.#rules.readyCheckMs;
    this.#dueAt = this.#gathersFrom > now ? this.#gathersFrom : next;
  }

  #isOpen(rounds: Rounds, now: Millis): boolean {
    return now >= rounds.firstAt && now - roundBefore(rounds, now) < this.#rules.roundOpenMs;
  }
}

/** The beginning of the latest round; before the first one, of one that never was. */
function roundBefore({ firstAt, everyMs }: Rounds, now: Millis): Millis {
  return firstAt + Math.floor((now - firstAt) / everyMs) * everyMs;
}

function nextRound(rounds: Rounds, now: Millis): Millis {
  return now < rounds.firstAt ? rounds.firstAt : roundBefore(rounds, now) + rounds.everyMs;
}
