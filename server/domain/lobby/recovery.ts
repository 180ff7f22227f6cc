import type { MemberId, Millis } from '../../../shared/ids.ts';
import type { MetPairs } from '../matching/metPairs.ts';
import type { Call } from './call.ts';
import type { CallFloor } from './callFloor.ts';
import type { Matchmaker } from './matchmaker.ts';
import type { Member, SocketId } from './member.ts';
import type { Outbox } from './outbox.ts';
import type { Roster } from './roster.ts';
import type { SchedulePlan } from './schedule.ts';

/** What outlives a lobby that broke: plain data, possibly with a mistake in it. */
export interface LobbySnapshot {
  readonly members: readonly Member[];
  readonly calls: readonly Call[];
  /** Who waits, longest first. */
  readonly line: readonly MemberId[];
  readonly plan: SchedulePlan;
  /** Who meets nobody until then, having left a call early. */
  readonly leavers: readonly (readonly [MemberId, Millis])[];
  readonly closing: boolean;
}

interface NewLobby {
  readonly roster: Roster;
  readonly floor: CallFloor;
  readonly matchmaker: Matchmaker;
  readonly outbox: Outbox;
  /** As the storage knows them. */
  readonly met: MetPairs;
}

/**
 * Seats everybody of a broken lobby in a new one. A call that does not hold together, or whose pair
 * never became durable, is over: its members wait at the head of the line.
 *
 * @param live the sockets that still stand; whose socket is gone is away from now on
 */
export function recover(
  snapshot: LobbySnapshot,
  live: ReadonlySet<SocketId>,
  into: NewLobby,
  now: Millis,
): void {
  const { roster, floor, matchmaker } = into;
  const parted = snapshot.members.filter(
    ({ link }) => link.state === 'online' && !live.has(link.socket),
  );
  for (const member of parted) member.link = { ...member.link, state: 'away', since: now };
  for (const member of snapshot.members.toSorted(byAbsence)) roster.restore(member);
  for (const call of snapshot.calls) if (isSound(call, into)) floor.restore(call);
  const line = new Set([...snapshot.line, ...snapshot.members.map(({ id }) => id)]);
  for (const id of line) {
    const member = roster.get(id);
    if (member?.seat.phase === 'waiting') matchmaker.restore(member, now);
  }
  for (const member of parted) floor.linkChanged(member);
  const lost = snapshot.members.filter((member) => hasLostCall(member, floor));
  requeue(lost, into, now);
}

/** The roster takes those who are away in the order of their going. */
function byAbsence(one: Member, other: Member): number {
  const since = ({ link }: Member) => (link.state === 'away' ? link.since : 0);
  return since(one) - since(other);
}

function isSound(call: Call, { roster, met }: NewLobby): boolean {
  const [one, other] = call.sides;
  const bothThere = call.sides.every((side) => {
    const seat = roster.get(side.member)?.seat;
    return seat?.phase === 'inCall' && seat.call === call;
  });
  return bothThere && Number.isFinite(call.stage.until) && met.has(one.member, other.member);
}

function hasLostCall({ seat }: Member, floor: CallFloor): boolean {
  return seat.phase === 'inCall' && floor.get(seat.call.id) !== seat.call;
}

function requeue(members: readonly Member[], into: NewLobby, now: Millis): void {
  const { matchmaker, outbox, met } = into;
  for (const member of members.toReversed()) {
    if (member.seat.phase !== 'inCall') continue;
    const { id: matchId, sides, stage } = member.seat.call;
    outbox.push({ type: 'closeBroker', peers: sides.map(({ broker }) => broker.peerId) });
    matchmaker.enterAhead(member, now);
    // Of a pair that is not durable nobody has been told.
    if (!met.has(sides[0].member, sides[1].member)) continue;
    const reason = stage.phase === 'connecting' ? 'connectFailed' : 'connectionLost';
    outbox.send(member, { type: 'ended', matchId, reason, requeued: true });
  }
  for (const member of members) matchmaker.look(member);
}
