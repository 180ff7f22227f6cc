import type { MemberId, Millis } from '../../../shared/ids.ts';
import type { Member, SocketId } from './member.ts';

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

  get(id: MemberId): Member | undefined {
    return this.#byId.get(id);
  }

  at(socket: SocketId): Member | undefined {
    return this.#bySocket.get(socket);
  }

  withToken(resumeToken: string): Member | undefined {
    return this.#byToken.get(resumeToken);
  }

  seat(id: MemberId, name: string, socket: SocketId, resumeToken: string): Member {
    const member: Member = {
      id,
      name,
      resumeToken,
      link: { state: 'online', socket },
      seat: { phase: 'idle' },
      wishes: null,
    };
    this.#byId.set(id, member);
    this.#bySocket.set(socket, member);
    this.#byToken.set(resumeToken, member);
    return member;
  }

  /** Back on a new socket; the token that was used is void. */
  attach(member: Member, socket: SocketId, resumeToken: string): void {
    this.#unlink(member);
    this.#byToken.delete(member.resumeToken);
    member.resumeToken = resumeToken;
    member.link = { state: 'online', socket };
    this.#byToken.set(resumeToken, member);
    this.#bySocket.set(socket, member);
  }

  detach(member: Member, now: Millis): void {
    this.#unlink(member);
    member.link = { state: 'away', since: now };
    this.#away.set(member.id, now);
  }

  remove(member: Member): void {
    this.#unlink(member);
    this.#byToken.delete(member.resumeToken);
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

  #unlink(member: Member): void {
    if (member.link.state === 'online') this.#bySocket.delete(member.link.socket);
    this.#away.delete(member.id);
  }
}
