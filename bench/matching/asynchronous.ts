import { chanceFrom } from '../../server/domain/matching/chanceFrom.ts';
import { pairCrowd } from '../../server/domain/matching/pairCrowd.ts';
import { SERVER_LIMITS } from '../../server/runtime/serverLimits.ts';
import type { MemberId, Millis } from '../../shared/ids.ts';
import { VirtualCrowd, type Pair, type VirtualPerson } from './virtualCrowd.ts';

export interface Life {
  readonly calls: number;
  /** Pairs made, or kept open on purpose, and pairs that were possible, over all decisions. */
  readonly decided: number;
  readonly possible: number;
  /** Person-milliseconds: waiting at all, waiting although there was a partner, and being there. */
  readonly idleMs: Millis;
  readonly avoidableMs: Millis;
  readonly presentMs: Millis;
  /** Waits for which a time was told, and those that were no more than 10 s longer than first told. */
  readonly foretold: number;
  readonly kept: number;
}

interface Setting {
  readonly people: number;
  readonly seed: number;
  /** 0 turns the hold of small lobbies off: the longest waiting, at once. */
  readonly smallLobbySize: number;
}

const CALL_MS = 120_000;
const EARLY = 0.3;
const SHORTEST_MS = 5_000;
/** A wait is told in steps of ten seconds. */
const FORECAST_MS = 10_000;
const COMING_MS = 10_000;
/** Between a client's timer and the server, and the same for everybody's first picture. */
const LAG_MS = 1_500;
/** Most of what there is to meet has been met by then. */
const SHARE_OF_SESSION = 0.8;

/**
 * A lobby as it lives: people come within 10 s, three calls of ten end early, and everybody is back
 * in the line after the pause of a client and up to 1.5 s.
 */
export function liveThrough({ people, seed, smallLobbySize }: Setting): Life {
  const chance = chanceFrom(seed);
  // Everybody is there: who has to be asked first is not pairing's to answer for.
  const rules = { smallLobbySize, presentForMs: Infinity };
  const crowd = new VirtualCrowd({ people, chance: chanceFrom(-seed), rules });
  const watch = new Watch(crowd);
  crowd.onMatched = (person, matchId) => {
    crowd.plan(crowd.now + chance() * LAG_MS, () =>
      crowd.say({ type: 'mediaFlowing', socket: person.socket, matchId }),
    );
    if (chance() >= EARLY / 2) return;
    const after = SHORTEST_MS + chance() * (CALL_MS - SHORTEST_MS);
    crowd.plan(crowd.now + after, () =>
      crowd.say({ type: 'endCall', socket: person.socket, matchId, reason: 'left' }),
    );
  };
  crowd.onEnded = (person) => {
    if (person.phase === 'waiting') return;
    const back = crowd.now + SERVER_LIMITS.afterCallMs + chance() * (LAG_MS / 3);
    crowd.plan(back, () => crowd.ready(person));
  };
  for (const person of crowd.people) {
    crowd.plan(chance() * COMING_MS, () => crowd.ready(person));
  }
  const end = Math.min(3_600_000, SHARE_OF_SESSION * (people - 1) * CALL_MS);
  crowd.run(end);
  return watch.close();
}

/** Looks at the lobby from outside, after each command. */
class Watch {
  readonly #crowd: VirtualCrowd;
  #since: Millis = 0;
  #waiting: readonly VirtualPerson[] = [];
  #kept = 0;
  #sums = { decided: 0, possible: 0, idleMs: 0, avoidableMs: 0, foretold: 0, kept: 0 };
  /** When each who waits was first told to expect their match. */
  readonly #expected = new Map<VirtualPerson, Millis>();

  constructor(crowd: VirtualCrowd) {
    this.#crowd = crowd;
    crowd.onStep = (made) => this.#step(made);
    crowd.onExpected = (person, waitMs) => {
      if (waitMs === null || this.#expected.has(person)) return;
      this.#expected.set(person, crowd.now + waitMs);
    };
  }

  close(): Life {
    this.#pass();
    const presentMs = this.#crowd.now * this.#crowd.people.length;
    return { ...this.#sums, calls: this.#crowd.calls, presentMs };
  }

  #step(made: readonly Pair[]): void {
    this.#pass();
    this.#compareForecasts();
    const waiting = this.#crowd.people.filter(({ phase }) => phase === 'waiting');
    const same = waiting.length === this.#waiting.length && made.length === 0;
    if (same) return;
    this.#waiting = waiting;
    const ids = waiting.map(({ id }) => id);
    this.#kept = this.#largest(ids, []);
    if (made.length === 0 && this.#kept === 0) return;
    this.#sums.decided += made.length + this.#kept;
    this.#sums.possible += this.#largest([...ids, ...made.flat()], made);
  }

  #pass(): void {
    const duration = this.#crowd.now - this.#since;
    this.#since = this.#crowd.now;
    this.#sums.idleMs += this.#waiting.length * duration;
    this.#sums.avoidableMs += 2 * this.#kept * duration;
  }

  #compareForecasts(): void {
    for (const [person, at] of this.#expected) {
      if (person.phase === 'waiting') continue;
      this.#expected.delete(person);
      if (person.phase !== 'inCall') continue;
      this.#sums.foretold += 1;
      if (this.#crowd.now <= at + FORECAST_MS) this.#sums.kept += 1;
    }
  }

  /** How many pairs at most, had those of `made` not met yet. */
  #largest(people: readonly MemberId[], made: readonly Pair[]): number {
    const fresh = new Set(made.flatMap(([one, other]) => [one + other, other + one]));
    const { met } = this.#crowd;
    const mayMeet = (one: MemberId, other: MemberId) =>
      one !== other && (fresh.has(one + other) || !met.has(one, other));
    const rules = { mayMeet, affinity: null, precedence: () => 0, chance: () => 0 };
    return pairCrowd(people, rules).pairs.length;
  }
}
