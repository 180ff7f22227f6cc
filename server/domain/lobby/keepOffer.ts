import type { LobbyCommand } from './lobbyCommand.ts';
import type { Member } from './member.ts';

type OfferAheadCommand = Extract<LobbyCommand, { type: 'offerAhead' }>;

/** An offer for an earlier wait is late, and void. */
export function keepOffer(member: Member, { peerId, offer }: OfferAheadCommand): void {
  const { seat } = member;
  if (seat.phase === 'waiting' && seat.broker.peerId === peerId) member.seat = { ...seat, offer };
}
