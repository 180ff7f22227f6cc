import type { MemberId, Millis } from '../../../shared/ids.ts';
import type { LobbyEffect } from './lobbyEffect.ts';
import type { Member } from './member.ts';
import type { Three, TrioPlace } from './trioPlace.ts';

interface TrioWorld {
  readonly now: Millis;
  /** Two who are here and may meet at this moment, as the world knows it. */
  mayMeet(one: MemberId, other: MemberId): boolean;
  asked(member: MemberId): void;
  begun(three: readonly MemberId[]): void;
}

/** A place for three that keeps account of its offers, and throws where one breaks its promises. */
export class FuzzTrios implements TrioPlace {
  readonly #world: TrioWorld;
  readonly #untilOf = new Map<Member, Millis>();
  readonly #yes = new Set<Member>();
  /** Since their last conversation. */
  readonly #askedBefore = new Set<Member>();
  begun = 0;
  withdrawn = 0;

  constructor(world: TrioWorld) {
    this.#world = world;
  }

  ask(three: Three, answerInMs: Millis): readonly LobbyEffect[] {
    this.#checkCompany(three);
    for (const member of three) {
      if (this.#untilOf.has(member)) throw new Error(`${member.id} has two offers`);
      if (this.#askedBefore.has(member)) throw new Error(`${member.id} is asked again`);
      this.#untilOf.set(member, this.#world.now + answerInMs);
      this.#askedBefore.add(member);
      this.#world.asked(member.id);
    }
    return [];
  }

  withdraw(asked: readonly Member[]): readonly LobbyEffect[] {
    for (const member of asked) {
      if (!this.#untilOf.has(member)) throw new Error(`${member.id} has no offer to lose`);
      this.#end(member);
    }
    this.withdrawn += 1;
    return [];
  }

  begin(three: Three): readonly LobbyEffect[] {
    this.#checkCompany(three);
    for (const member of three) {
      if (!this.#yes.has(member)) throw new Error(`${member.id} has not said yes`);
      this.#end(member);
      this.#askedBefore.delete(member);
    }
    this.begun += 1;
    this.#world.begun(three.map(({ id }) => id));
    return [];
  }

  /** They are about to say it. */
  accepts(member: Member): void {
    if ((this.#untilOf.get(member) ?? -Infinity) > this.#world.now) this.#yes.add(member);
  }

  matched({ id }: { readonly id: MemberId }): void {
    for (const member of this.#untilOf.keys())
      if (member.id === id) throw new Error(`${id} is matched and has an offer`);
    for (const member of this.#askedBefore) if (member.id === id) this.#askedBefore.delete(member);
  }

  isAsked(id: MemberId): boolean {
    return [...this.#untilOf.keys()].some((member) => member.id === id);
  }

  /** After each command: who has an offer waits, and not for longer than it stands. */
  check(members: ReadonlySet<Member>): void {
    for (const [member, until] of this.#untilOf) {
      if (!members.has(member)) this.#end(member);
      else if (until <= this.#world.now) throw new Error(`${member.id} still has an offer`);
      else if (member.seat.phase !== 'waiting') throw new Error(`${member.id} is not free`);
    }
  }

  /** A lobby broke, and the next one knows of no offer. */
  forget(): void {
    this.#untilOf.clear();
    this.#yes.clear();
    this.#askedBefore.clear();
  }

  #end(member: Member): void {
    this.#untilOf.delete(member);
    this.#yes.delete(member);
  }

  #checkCompany(three: Three): void {
    const ids = three.map(({ id }) => id);
    for (const [place, one] of ids.entries())
      for (const other of ids.slice(place + 1))
        if (!this.#world.mayMeet(one, other)) throw new Error(`${one} and ${other} in a trio`);
  }
}
