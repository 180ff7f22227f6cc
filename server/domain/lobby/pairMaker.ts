import type { MemberId, Millis } from '../../../shared/ids.ts';
import type { WhoMeets } from '../../../shared/protocol/whoMeets.ts';
import type { RelayPolicy } from '../../../shared/relayRule.ts';
import { Eligibility, hasInterests, sharedInterests } from '../matching/eligibility.ts';
import { expectedWaits, type Arrival } from '../matching/expectedWaits.ts';
import { findPartner } from '../matching/findPartner.ts';
import type { MetPairs } from '../matching/metPairs.ts';
import { pairCrowd } from '../matching/pairCrowd.ts';
import type { PairSet } from '../matching/pairSet.ts';
import type { Call } from './call.ts';
import type { CallFloor } from './callFloor.ts';
import type { EventTerms } from './eventTerms.ts';
import type { LobbyMint, LobbyRules } from './lobbyRules.ts';
import { agreeOnTerms, mayMeet } from './matchTerms.ts';
import { hasClaim, passOver, wasPassedOver, type Member } from './member.ts';
import type { Roster } from './roster.ts';
import { SmallLobby } from './smallLobby.ts';
import type { TrioOffers } from './trioOffers.ts';
import type { WaitingLine } from './waitingLine.ts';

export interface PairMakerParts {
  readonly rules: LobbyRules;
  readonly mint: LobbyMint;
  readonly met: MetPairs;
  readonly blocked: PairSet;
  readonly whoMeets: WhoMeets;
  readonly roster: Roster;
  readonly floor: CallFloor;
  readonly line: WaitingLine<Member>;
  readonly eventTerms: EventTerms;
  readonly relay: RelayPolicy;
  /** Who may have gone away from their machine, or left a call early, is not introduced now. */
  readonly isThere: (member: Member) => boolean;
  /** Null where nobody is asked. */
  readonly trios: TrioOffers | null;
}

/** Makes matches out of those who wait, and takes them out of the line. */
export class PairMaker {
  readonly #parts: PairMakerParts;
  readonly #eligibility: Eligibility;
  readonly small: SmallLobby;
  /** Of matches made from now on. */
  eventTerms: EventTerms;
  relay: RelayPolicy;

  constructor(parts: PairMakerParts) {
    this.#parts = parts;
    this.#eligibility = new Eligibility(parts.met, parts.blocked, parts.whoMeets);
    this.small = new SmallLobby({ ...parts, eligibility: this.#eligibility });
    this.eventTerms = parts.eventTerms;
    this.relay = parts.relay;
  }

  /** Longest waiting first, those who are away left out. */
  online(): readonly Member[] {
    return [...this.#parts.line].filter(({ link }) => link.state === 'online');
  }

  /** Of those, the ones who can be introduced now. */
  present(): readonly Member[] {
    return this.online().filter(this.#parts.isThere);
  }

  readonly wouldMeet = (one: Member, other: Member): boolean =>
    this.#eligibility.mayMeet(one, other);

  /** Whether there can be a match at all for them. */
  mayMeet(member: Member): boolean {
    return mayMeet(member, this.relay);
  }

  /** Whether they are other ones than before. */
  changeRules(whoMeets: WhoMeets): boolean {
    const { groups, languages } = this.#eligibility.rules;
    this.#eligibility.rules = whoMeets;
    return whoMeets.groups !== groups || whoMeets.languages !== languages;
  }

  block(one: MemberId, other: MemberId): void {
    this.#parts.blocked.add(one, other);
  }

  expectedMatches(
    arrivals: readonly Arrival<Member>[],
    asked: readonly Member[],
  ): ReadonlyMap<Member, Millis> {
    const { mayMeet } = this.#eligibility;
    return expectedWaits(this.present(), arrivals, mayMeet, new Set(asked));
  }

  /** Somebody has become free alone. */
  pair(member: Member, now: Millis): void {
    if (!this.#isFree(member)) return;
    const expected = this.small.expected(now);
    const present = expected.length > 0 ? this.present() : [];
    // Who was passed over once waits for nobody any more.
    const holdIsOver =
      expected.length === 0 ? this.small.heldUntil !== null : present.some(hasClaim);
    if (holdIsOver) return this.pairEverybody(now);
    const partner =
      expected.length === 0
        ? this.#longestWaiting(member)
        : this.small.partnerFor(member, present, expected, now);
    if (!partner) return;
    const others = present.filter((other) => other !== member && other !== partner);
    this.#introduce([[member, partner]], others, now);
  }

  pairEverybody(now: Millis): void {
    this.small.endHold();
    const { mint } = this.#parts;
    const people = this.present();
    const waited = new Map(people.map((member, index) => [member, people.length - index]));
    const { pairs, leftOver } = pairCrowd<Member>(people, {
      mayMeet: this.#eligibility.mayMeet,
      affinity: people.some(hasInterests) ? sharedInterests : null,
      precedence: (member) => {
        if (!hasClaim(member)) return 0;
        return (wasPassedOver(member) ? people.length : 0) + (waited.get(member) ?? 0);
      },
      chance: () => mint.chance(),
    });
    this.#introduce(pairs, leftOver, now);
    if (pairs.length > 0) leftOver.forEach(passOver);
  }

  /** Makes the pairs that are held when it is time, or when nobody is expected any more. */
  endHold(now: Millis): void {
    const { heldUntil } = this.small;
    if (heldUntil === null) return;
    if (heldUntil <= now || this.small.expected(now).length === 0) this.pairEverybody(now);
  }

  #introduce(
    pairs: readonly (readonly [Member, Member])[],
    leftOver: readonly Member[],
    now: Millis,
  ): void {
    const { trios } = this.#parts;
    const chosen = trios?.choose(pairs, leftOver, now) ?? { pairs, trios: [] };
    for (const [one, other] of chosen.pairs) this.matchInOrder(one, other, now);
    for (const trio of chosen.trios) {
      // Asked last: whoever has just been matched will look again.
      if (trios?.wouldWait(trio.odd, leftOver, now)) trios.offer(trio, now);
      else this.matchInOrder(...trio.pair, now);
    }
  }

  /** Nobody was told of this match: the two have not met. */
  unmake({ sides: [one, other] }: Call): void {
    this.#parts.met.remove(one.member, other.member);
  }

  #longestWaiting(member: Member): Member | null {
    const { mayMeet } = this.#eligibility;
    const affinity = hasInterests(member) ? sharedInterests : null;
    const partner = findPartner<Member>(member, this.#candidates(), { mayMeet, affinity });
    if (partner !== null && wasPassedOver(partner)) this.#passOverThoseAhead(partner, member);
    return partner;
  }

  /** Who was passed over comes first, wherever in the line they are. */
  *#candidates() {
    for (const passedOver of [true, false]) {
      for (const person of this.#parts.line) {
        const { seat } = person;
        if (wasPassedOver(person) !== passedOver || seat.phase !== 'waiting') continue;
        if (this.#isFree(person)) yield { person, since: seat.since };
      }
    }
  }

  #passOverThoseAhead(partner: Member, member: Member): void {
    for (const person of this.#parts.line) {
      if (person === partner) return;
      if (this.#isFree(person) && this.#eligibility.mayMeet(member, person)) passOver(person);
    }
  }

  #isFree(member: Member): boolean {
    return member.link.state === 'online' && this.#parts.isThere(member);
  }

  /** The longer waiting is the caller. */
  matchInOrder(one: Member, other: Member, now: Millis): void {
    if (this.#parts.line.isAhead(one, other)) this.#match(one, other, now);
    else this.#match(other, one, now);
  }

  #match(caller: Member, callee: Member, now: Millis): void {
    const { met, line, floor, trios } = this.#parts;
    trios?.haveMatch([caller, callee]);
    met.add(caller.id, callee.id);
    line.leave(caller);
    line.leave(callee);
    const terms = agreeOnTerms(caller, callee, this.relay);
    floor.open([caller, callee], terms, { ...this.eventTerms, cycle: met.cycle }, now);
  }
}
