import type { Millis } from '../../../shared/ids.ts';
import type { Eligibility } from '../matching/eligibility.ts';
import type { Arrival } from '../matching/expectedWaits.ts';
import { harmlessPartner } from '../matching/harmlessPartner.ts';
import type { LobbyMint, LobbyRules } from './lobbyRules.ts';
import { passOver, type Member } from './member.ts';
import { ReturnWatch } from './returnWatch.ts';
import type { Roster } from './roster.ts';

interface SmallLobbyParts {
  readonly rules: Pick<LobbyRules, 'smallLobbySize' | 'smallLobbyHoldMs'>;
  readonly mint: LobbyMint;
  readonly roster: Roster;
  readonly eligibility: Eligibility;
}

/**
 * Where few people are, a pair made too early can cost another one: the two were the only ones left
 * for somebody who comes a second later. So a pair is held for a moment, but only while somebody is
 * about to come, and only when it would cost a pair.
 */
export class SmallLobby {
  readonly #parts: SmallLobbyParts;
  readonly #returns = new ReturnWatch();
  #heldUntil: Millis | null = null;

  constructor(parts: SmallLobbyParts) {
    this.#parts = parts;
  }

  /** When the pairs that are held must be made; null while none is. */
  get heldUntil(): Millis | null {
    return this.#heldUntil;
  }

  /** Their call is over, and by themselves they look for the next partner at that time. */
  expectBack({ id }: Member, at: Millis): void {
    this.#returns.expect(id, at);
  }

  cameBack({ id }: Member): void {
    this.#returns.cameBack(id);
  }

  endHold(): void {
    this.#heldUntil = null;
  }

  /** Those who will be back within the time that a pair may be held; nobody in a large lobby. */
  expected(now: Millis): readonly Member[] {
    const { roster, rules } = this.#parts;
    if (roster.size > rules.smallLobbySize) return [];
    return this.#returns
      .expectedBy(now + rules.smallLobbyHoldMs, now)
      .map((id) => roster.get(id))
      .filter((member) => member !== undefined)
      .filter(({ link, seat }) => link.state === 'online' && seat.phase === 'idle');
  }

  /** Everybody who is in the pause after a call, in lobbies of any size. */
  returning(): readonly Arrival<Member>[] {
    return [...this.#returns.all()].flatMap(([id, at]) => {
      const person = this.#parts.roster.get(id);
      return person?.seat.phase === 'idle' ? [{ person, at }] : [];
    });
  }

  /** The longest waiting partner who is not needed by somebody else; null: their pairs are held. */
  partnerFor(
    member: Member,
    waiting: readonly Member[],
    expected: readonly Member[],
    now: Millis,
  ): Member | null {
    const { mint, rules, eligibility } = this.#parts;
    const { mayMeet } = eligibility;
    if (!waiting.some((other) => mayMeet(member, other))) return null;
    const chance = () => mint.chance();
    const partner = harmlessPartner<Member>(member, { waiting, expected, mayMeet, chance });
    if (partner === null) this.#heldUntil ??= now + rules.smallLobbyHoldMs;
    else
      waiting
        .slice(0, waiting.indexOf(partner))
        .filter((ahead) => ahead !== member && (mayMeet(ahead, member) || mayMeet(ahead, partner)))
        .forEach(passOver);
    return partner;
  }
}
