import type { MemberId, Millis } from '../../../shared/ids.ts';
import type { LobbyRules } from './lobbyRules.ts';

interface Moment {
  readonly now: Millis;
  /** Who waited and was here before the command, longest first. */
  readonly line: readonly MemberId[];
  /** The pairs that the command made. */
  readonly matched: readonly (readonly [MemberId, MemberId])[];
  /** Who waits now and is here. */
  readonly waiting: readonly MemberId[];
  readonly atRest: boolean;
  readonly here: number;
}

type Pair = readonly [MemberId, MemberId];

/** What matching promises, kept by pairs: how long two wait beside each other, and who is left out. */
export class FuzzRules {
  readonly #rules: LobbyRules;
  readonly #met = new Set<string>();
  readonly #blocked = new Set<string>();
  /** Since when two who could meet have both been waiting. */
  readonly #possibleSince = new Map<string, Millis>();
  readonly #leftOut = new Set<MemberId>();

  constructor(rules: LobbyRules) {
    this.#rules = rules;
  }

  met(pair: Pair): void {
    this.#met.add(keyOf(pair));
  }

  /** A new cycle: all may meet again. */
  forget(): void {
    this.#met.clear();
  }

  /** The storage never heard of them. */
  unmet(pair: Pair): void {
    this.#met.delete(keyOf(pair));
  }

  block(pair: Pair): void {
    this.#blocked.add(keyOf(pair));
  }

  isBlocked(pair: Pair): boolean {
    return this.#blocked.has(keyOf(pair));
  }

  check(moment: Moment): void {
    this.#checkWaiting(moment);
    this.#checkTurns(moment);
  }

  /** Everybody who can be matched is, at once; in a small lobby within the time of the hold. */
  #checkWaiting({ now, waiting, atRest, here }: Moment): void {
    const possible = new Map<string, Millis>();
    for (const [place, one] of waiting.entries()) {
      for (const other of waiting.slice(place + 1)) {
        const pair = keyOf([one, other]);
        if (atRest || !this.mayMeet([one, other])) continue;
        possible.set(pair, this.#possibleSince.get(pair) ?? now);
      }
    }
    const allowed = here <= this.#rules.smallLobbySize ? this.#rules.smallLobbyHoldMs : 0;
    for (const [pair, since] of possible) {
      const late = now - since >= allowed;
      if (late) throw new Error(`${pair} are left waiting since ${since}, and it is ${now}`);
    }
    this.#possibleSince.clear();
    for (const [pair, since] of possible) this.#possibleSince.set(pair, since);
  }

  /** The longest waiting of those who could have had one of the partners is not left out twice. */
  #checkTurns({ line, matched, waiting }: Moment): void {
    const gone = new Set(matched.flat());
    for (const member of gone) this.#leftOut.delete(member);
    const stays = new Set(waiting);
    for (const member of this.#leftOut) if (!stays.has(member)) this.#leftOut.delete(member);
    const longest = line.find((member) => gone.has(member) || this.#couldMeetOneOf(member, gone));
    if (longest === undefined || gone.has(longest) || !stays.has(longest)) return;
    if (this.#leftOut.has(longest)) throw new Error(`${longest} is left out twice running`);
    this.#leftOut.add(longest);
  }

  #couldMeetOneOf(member: MemberId, others: ReadonlySet<MemberId>): boolean {
    return [...others].some((other) => this.mayMeet([member, other]));
  }

  mayMeet(pair: Pair): boolean {
    return !this.#met.has(keyOf(pair)) && !this.isBlocked(pair);
  }
}

export function keyOf(pair: Pair): string {
  return pair.toSorted().join(' & ');
}
