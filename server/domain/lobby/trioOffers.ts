import type { Millis } from '../../../shared/ids.ts';
import { chooseTrios, type ChosenTrios, type Trio } from '../matching/chooseTrios.ts';
import { expectedWaits, type Arrival } from '../matching/expectedWaits.ts';
import type { MetPairs } from '../matching/metPairs.ts';
import type { LobbyRules } from './lobbyRules.ts';
import { passOver, type Member } from './member.ts';
import type { Outbox } from './outbox.ts';
import type { Roster } from './roster.ts';
import { answerTrio, offerTrio, reviewTrio, threeOf, type TrioOffer } from './trioOffer.ts';
import type { Three, TrioPlace } from './trioPlace.ts';
import type { WaitingLine } from './waitingLine.ts';

interface OfferParts {
  readonly rules: Pick<LobbyRules, 'trioAfterMs' | 'trioAnswerMs'>;
  readonly place: TrioPlace;
  readonly met: MetPairs;
  readonly roster: Roster;
  readonly outbox: Outbox;
  readonly line: WaitingLine<Member>;
  readonly isThere: (member: Member) => boolean;
  /** Who looks for a partner soon, and when. */
  readonly arrivals: (now: Millis) => readonly Arrival<Member>[];
  readonly wouldMeet: (one: Member, other: Member) => boolean;
  readonly match: (one: Member, other: Member, now: Millis) => void;
  readonly look: (member: Member) => void;
  readonly leave: (member: Member) => void;
}

/**
 * Conversations of three, offered where a pair is about to be made beside somebody who has waited
 * long and would wait on. The three keep their places meanwhile and meet nobody else; when it comes
 * to nothing the pair is made after all, and who would have been the third is at the head.
 */
export class TrioOffers {
  readonly #parts: OfferParts;
  readonly #offerOf = new Map<Member, TrioOffer>();
  /** Since their last call. */
  readonly #askedBefore = new WeakSet<Member>();

  constructor(parts: OfferParts) {
    this.#parts = parts;
  }

  isAsked(member: Member): boolean {
    return this.#offerOf.has(member);
  }

  /** Of pairs that are about to be made, those that could become a trio. */
  choose(
    pairs: readonly (readonly [Member, Member])[],
    leftOver: readonly Member[],
    now: Millis,
  ): ChosenTrios<Member> {
    const { rules, wouldMeet } = this.#parts;
    const since = now - rules.trioAfterMs;
    const odd = leftOver.filter((member) => waitingSince(member) <= since).toSorted(byWait);
    const mayAsk = (member: Member) => !this.#askedBefore.has(member);
    return chooseTrios(pairs, odd, { mayMeet: wouldMeet, mayAsk });
  }

  /** Whether somebody of `leftOver` would wait long for anybody else; a call of the pair's own not counted. */
  wouldWait(odd: Member, leftOver: readonly Member[], now: Millis): boolean {
    const { arrivals, wouldMeet, rules } = this.#parts;
    const line = leftOver.toSorted(byWait);
    const at = expectedWaits(line, arrivals(now), wouldMeet, new Set([odd])).get(odd);
    return at === undefined || at >= now + rules.trioAfterMs;
  }

  offer(trio: Trio<Member>, now: Millis): void {
    const { rules, outbox, place } = this.#parts;
    const three = threeOf(trio);
    this.#keep(three, offerTrio(trio, now + rules.trioAnswerMs));
    for (const member of three) this.#askedBefore.add(member);
    outbox.pushAll(place.ask(three, rules.trioAnswerMs));
  }

  answer(member: Member, accepts: boolean, now: Millis): void {
    const offer = this.#offerOf.get(member);
    if (offer?.phase !== 'offered' || offer.until <= now) return;
    this.#keep(threeOf(offer.trio), answerTrio(offer, member.id, accepts));
  }

  /** They have a call: from now on they may be asked again. */
  haveMatch(pair: readonly [Member, Member]): void {
    for (const member of pair) this.#askedBefore.delete(member);
  }

  /** After each command: begins what all have accepted, and ends what does not hold any more. */
  review(atRest: boolean, now: Millis): void {
    const holds = (trio: Trio<Member>) => !atRest && this.#areAllFree(threeOf(trio));
    for (const offer of new Set(this.#offerOf.values())) {
      const { phase, trio } = reviewTrio(offer, holds, now);
      if (phase === 'offered') continue;
      for (const member of threeOf(trio)) this.#offerOf.delete(member);
      if (phase === 'accepted') this.#begin(threeOf(trio));
      else this.#giveUp(trio, atRest, now);
    }
  }

  dueAt(): Millis | null {
    let due: Millis | null = null;
    for (const offer of this.#offerOf.values())
      if (offer.phase === 'offered' && (due === null || offer.until < due)) due = offer.until;
    return due;
  }

  #keep(three: Three, offer: TrioOffer): void {
    for (const member of three) this.#offerOf.set(member, offer);
  }

  #begin(three: Three): void {
    const { met, outbox, place, leave } = this.#parts;
    const [one, other, odd] = three;
    met.add(one.id, other.id);
    met.add(one.id, odd.id);
    met.add(other.id, odd.id);
    for (const member of three) {
      leave(member);
      member.seat = { phase: 'idle' };
      this.#askedBefore.delete(member);
    }
    outbox.pushAll(place.begin(three, met.cycle));
  }

  #giveUp(trio: Trio<Member>, atRest: boolean, now: Millis): void {
    const { roster, outbox, place, line, match, look } = this.#parts;
    const [one, other, odd] = threeOf(trio);
    const here = [one, other, odd].filter((member) => roster.get(member.id) === member);
    outbox.pushAll(place.withdraw(here));
    if (line.has(odd)) {
      line.leave(odd);
      line.joinHead(odd);
      passOver(odd);
    }
    const canMeet = !atRest && this.#areAllFree([one, other]);
    if (canMeet && !this.#isWantedBesides(trio)) match(one, other, now);
    for (const member of [one, other, odd]) look(member);
  }

  /** Somebody has come who makes two pairs out of it. */
  #isWantedBesides({ pair, odd }: Trio<Member>): boolean {
    const { line, wouldMeet } = this.#parts;
    return [...line].some(
      (member) =>
        member !== odd &&
        !pair.includes(member) &&
        !this.isAsked(member) &&
        this.#isFree(member) &&
        pair.some((person) => wouldMeet(member, person)),
    );
  }

  #areAllFree(people: readonly Member[]): boolean {
    const { wouldMeet } = this.#parts;
    return people.every(
      (one, place) =>
        this.#isFree(one) && people.slice(place + 1).every((other) => wouldMeet(one, other)),
    );
  }

  #isFree(member: Member): boolean {
    const { line, isThere } = this.#parts;
    return line.has(member) && member.link.state === 'online' && isThere(member);
  }
}

function waitingSince({ seat }: Member): Millis {
  return seat.phase === 'waiting' ? seat.since : Infinity;
}

function byWait(one: Member, other: Member): number {
  return waitingSince(one) - waitingSince(other);
}
