import type { Millis } from '../../../shared/ids.ts';
import type { Presence } from '../../../shared/protocol/lobby.ts';
import { earliest } from './earliest.ts';
import type { LobbyRules } from './lobbyRules.ts';
import type { Member, SocketId } from './member.ts';
import type { Outbox } from './outbox.ts';
import { PresenceBoard } from './presenceBoard.ts';
import type { Roster } from './roster.ts';

type NewsRules = Pick<
  LobbyRules,
  'presenceIntervalMs' | 'presenceInCallMs' | 'presenceFramesPerSecond'
>;

interface NewsParts {
  readonly rules: NewsRules;
  readonly roster: Roster;
  readonly outbox: Outbox;
}

/**
 * Tells everybody the lobby's counts: soon those who look for somebody, and seldom those who have
 * found somebody, of whom there are most. Who comes out of a call hears the counts of that moment.
 */
export class PresenceNews {
  readonly #roster: Roster;
  readonly #outbox: Outbox;
  readonly #looking: PresenceBoard;
  readonly #talking: PresenceBoard;
  readonly #cameOut = new Set<Member>();

  constructor({ rules, roster, outbox }: NewsParts) {
    this.#roster = roster;
    this.#outbox = outbox;
    this.#looking = new PresenceBoard(rules, rules.presenceIntervalMs);
    this.#talking = new PresenceBoard(rules, rules.presenceInCallMs);
  }

  /** Their call is over. */
  cameOut(member: Member): void {
    this.#cameOut.add(member);
  }

  /** After each command. */
  tell(current: Presence, now: Millis): void {
    const looking = this.#looking.update(current, now);
    if (looking) this.#broadcast(looking, isLooking);
    const talking = this.#talking.update(current, now);
    if (talking) this.#broadcast(talking, (member) => !isLooking(member));
    if (!looking) this.#tellReturned(current);
    this.#cameOut.clear();
  }

  dueAt(): Millis | null {
    return earliest(this.#looking.dueAt(), this.#talking.dueAt());
  }

  #tellReturned(presence: Presence): void {
    const sockets: SocketId[] = [];
    for (const member of this.#cameOut) {
      if (isLooking(member) && member.link.state === 'online') sockets.push(member.link.socket);
    }
    this.#outbox.broadcast(sockets, { type: 'presence', presence });
  }

  #broadcast(presence: Presence, to: (member: Member) => boolean): void {
    this.#outbox.broadcast(this.#roster.socketsOf(to), { type: 'presence', presence });
  }
}

function isLooking({ seat }: Member): boolean {
  return seat.phase !== 'inCall';
}
