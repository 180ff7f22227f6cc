import type { MemberId, Millis } from '../../../shared/ids.ts';
import type { Member, SocketId } from './member.ts';

/** Whoever takes a seat. */
type Person = Pick<Member, 'id' | 'name' | 'seal'>;

/** The members of a lobby, found by id, by socket and by resume token. */
export class Roster {
  readonly #byId = new Map<MemberId, Member>();
  readonly #bySocket = new Map<SocketId, Member>();
  readonly #byToken = new Map<string, Member>();
  readonly #away = new Map<MemberId, Millis>();

  get size(): number {
    return this.#byId.size;
  }

  all(): readonly Member[] {
    return [...this.#byId.values()];
  }

  sockets(): readonly SocketId[] {
    return [...this.#bySocket.keys()];
  }

  /** Of those who are online. */
  socketsOf(to: (member: Member) => boolean): readonly SocketId[] {
    const found: SocketId[] = [];
    for (const [socket, member] of this.#bySocket) if (to(member)) found.push(socket);
    return found;
  }

  get(id: MemberId): Member | undefined {
    return this.#byId.get(id);
  }

  at(socket: SocketId): Member | undefined {
    return this.#bySocket.get(socket);
  }

  withToken(resumeToken: string): Member | undefined {
    return this.#byToken.get(resumeToken);
  }

  seat(person: Person, socket: SocketId, resumeToken: string): Member {
    const member: Member = {
      ...person,
      resumeToken,
      spareToken: null,
      heard: 0,
      link: { state: 'online', socket },
      seat: { phase: 'idle' },
      wishes: null,
    };
    this.restore(member);
    return member;
  }

  /** Takes over somebody who has a seat already. */
  restore(member: Member): void {
    const { id, link, resumeToken } = member;
    this.#byId.set(id, member);
    this.#byToken.set(resumeToken, member);
    if (member.spareToken !== null) this.#byToken.set(member.spareToken, member);
    if (link.state === 'online') this.#bySocket.set(link.socket, member);
    else this.#away.set(id, link.since);
  }

  /** Back on a new socket with the token `used`, which stays good: the welcome may get lost. */
  attach(member: Member, socket: SocketId, used: string, resumeToken: string): void {
    this.#unlink(member);
    this.#forgetTokens(member);
    member.spareToken = used;
    member.resumeToken = resumeToken;
    member.link = { state: 'online', socket };
    this.restore(member);
  }

  /** The member has the latest welcome, so the token before it is void. */
  confirm(member: Member): void {
    if (member.spareToken === null) return;
    this.#byToken.delete(member.spareToken);
    member.spareToken = null;
  }

  detach(member: Member, now: Millis): void {
    this.#unlink(member);
    member.link = { state: 'away', since: now, socket: member.link.socket };
    this.#away.set(member.id, now);
  }

  remove(member: Member): void {
    this.#unlink(member);
    this.#forgetTokens(member);
    this.#byId.delete(member.id);
  }

  /** Since when the longest absent member is away; null when nobody is. */
  longestAway(): { readonly member: Member; readonly since: Millis } | null {
    for (const [id, since] of this.#away) {
      const member = this.#byId.get(id);
      if (member) return { member, since };
    }
    return null;
  }

  #forgetTokens(member: Member): void {
    this.#byToken.delete(member.resumeToken);
    if (member.spareToken !== null) this.#byToken.delete(member.spareToken);
  }

  #unlink(member: Member): void {
    if (member.link.state === 'online') this.#bySocket.delete(member.link.socket);
    this.#away.delete(member.id);
  }
}
