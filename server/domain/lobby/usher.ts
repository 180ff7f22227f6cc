import type { Millis } from '../../../shared/ids.ts';
import type { Pairing } from '../../../shared/protocol/lobby.ts';
import { earliest } from './earliest.ts';
import type { EarlyLeavers } from './earlyLeavers.ts';
import type { LobbyRules } from './lobbyRules.ts';
import type { Matchmaker } from './matchmaker.ts';
import type { Member } from './member.ts';
import type { Outbox } from './outbox.ts';
import { ReadyCheck } from './readyCheck.ts';
import type { Roster } from './roster.ts';
import type { LobbySnapshot } from './recovery.ts';
import { Schedule, type SchedulePlan } from './schedule.ts';

interface UsherParts {
  readonly matchmaker: Matchmaker;
  readonly roster: Roster;
  readonly outbox: Outbox;
  readonly leavers: EarlyLeavers;
}

/** Knows when people may be introduced to each other, and who of those who wait is there for it. */
export class Usher {
  readonly #parts: UsherParts;
  readonly #readyCheck: ReadyCheck;
  readonly #schedule: Schedule;

  constructor(rules: LobbyRules, parts: UsherParts) {
    this.#parts = parts;
    this.#readyCheck = new ReadyCheck(rules, parts.outbox);
    this.#schedule = new Schedule(rules);
  }

  get plan(): SchedulePlan {
    return this.#schedule.plan;
  }

  pairing(now: Millis): Pairing {
    return this.#schedule.at(now);
  }

  /** Whether they can be introduced now. */
  isThere(member: Member): boolean {
    return this.#readyCheck.isThere(member) && this.#parts.leavers.isFree(member.id);
  }

  /** They did something. Who was not known to be there is matched at once, if they wait. */
  see(member: Member, now: Millis): void {
    const isNews = this.#readyCheck.sign(member, now);
    if (isNews) this.#parts.matchmaker.look(member, { told: true });
  }

  /** They cannot answer now. */
  stopAsking(member: Member): void {
    this.#readyCheck.stopAsking(member);
  }

  forget(member: Member): void {
    this.#readyCheck.forget(member);
  }

  /** Out of the line, by their own wish or because they gave no answer. */
  sendBack(member: Member, reason?: 'noAnswer'): void {
    if (member.seat.phase !== 'waiting') return;
    this.#readyCheck.stopAsking(member);
    this.#parts.matchmaker.turnAway(member, reason);
  }

  reschedule(plan: SchedulePlan, now: Millis): void {
    this.#schedule.change(plan);
    this.#followSchedule(now);
  }

  /** From a lobby that broke; all who were in it are taken for present. */
  takeOver(from: Pick<LobbySnapshot, 'plan' | 'members' | 'leavers'>, now: Millis): void {
    this.#parts.leavers.takeOver(from.leavers);
    this.reschedule(from.plan, now);
    for (const member of from.members) this.#readyCheck.sign(member, now);
  }

  /** Those who could meet somebody now, or in the round that is about to begin. */
  askAround(now: Millis): void {
    const { matchmaker, leavers } = this.#parts;
    // Looked at after each command, so a crowd that is there is not gone through for it.
    if (!this.#readyCheck.hasDoubts) return;
    if (matchmaker.atRest && !this.#schedule.gathers(now)) return;
    const free = matchmaker.online().filter(({ id }) => leavers.isFree(id));
    this.#readyCheck.askAround(free, matchmaker.wouldMeet, now);
  }

  passTime(now: Millis): void {
    for (const id of this.#readyCheck.passTime(now)) {
      const silent = this.#parts.roster.get(id);
      if (silent) this.sendBack(silent, 'noAnswer');
    }
    for (const id of this.#parts.leavers.passTime(now)) {
      const free = this.#parts.roster.get(id);
      if (free?.seat.phase === 'waiting') this.#parts.matchmaker.look(free, { told: true });
    }
    this.#followSchedule(now);
  }

  dueAt(): Millis | null {
    const { leavers } = this.#parts;
    return earliest(this.#readyCheck.dueAt(), this.#schedule.dueAt(), leavers.dueAt());
  }

  #followSchedule(now: Millis): void {
    const { matchmaker, outbox, roster } = this.#parts;
    const pairing = this.#schedule.follow(now);
    if (!pairing) return;
    outbox.broadcast(roster.sockets(), { type: 'pairing', pairing });
    if (pairing.state === 'running') matchmaker.release(now);
    else matchmaker.rest();
  }
}
