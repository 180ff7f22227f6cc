import type { MemberId, Millis } from '../../../shared/ids.ts';
import type { Trio } from '../matching/chooseTrios.ts';
import type { Member, SocketId } from './member.ts';
import type { Three } from './trioPlace.ts';

/** A conversation of three that is offered: all accept it, or it is over. */
export type TrioOffer =
  | {
      readonly phase: 'offered';
      readonly trio: Trio<Member>;
      readonly until: Millis;
      /** Where they were asked; on another socket they do not know of it. */
      readonly sockets: readonly SocketId[];
      readonly accepted: ReadonlySet<MemberId>;
    }
  | { readonly phase: 'accepted' | 'over'; readonly trio: Trio<Member> };

export type StandingOffer = Extract<TrioOffer, { phase: 'offered' }>;

export function threeOf({ pair: [one, other], odd }: Trio<Member>): Three {
  return [one, other, odd];
}

export function offerTrio(trio: Trio<Member>, until: Millis): StandingOffer {
  const sockets = threeOf(trio).map(({ link }) => link.socket);
  return { phase: 'offered', trio, until, sockets, accepted: new Set() };
}

export function answerTrio(offer: StandingOffer, id: MemberId, accepts: boolean): TrioOffer {
  const { trio } = offer;
  if (!accepts) return { phase: 'over', trio };
  const accepted = new Set([...offer.accepted, id]);
  const isComplete = accepted.size === threeOf(trio).length;
  return isComplete ? { phase: 'accepted', trio } : { ...offer, accepted };
}

/** What it has become by the time, and by what its members did beside answering. */
export function reviewTrio(
  offer: TrioOffer,
  holds: (trio: Trio<Member>) => boolean,
  now: Millis,
): TrioOffer {
  const { trio } = offer;
  const stands = offer.phase !== 'offered' || (offer.until > now && isReached(offer));
  return stands && holds(trio) ? offer : { phase: 'over', trio };
}

function isReached({ trio, sockets }: StandingOffer): boolean {
  return threeOf(trio).every(({ link }, place) => link.socket === sockets[place]);
}
