import type { Member } from './member.ts';

type MemberPhase = 'idle' | 'waiting' | 'connecting' | 'live' | 'goodbye' | 'away';
export type Census = Record<MemberPhase, number>;

export function emptyCensus(): Census {
  return { idle: 0, waiting: 0, connecting: 0, live: 0, goodbye: 0, away: 0 };
}

/** Adds each member to what they do; who is away counts as that, wherever they sit. */
export function takeCensus(members: Iterable<Member>, census: Census): void {
  for (const member of members) census[phaseOf(member)] += 1;
}

function phaseOf({ link, seat }: Member): MemberPhase {
  if (link.state === 'away') return 'away';
  return seat.phase === 'inCall' ? seat.call.stage.phase : seat.phase;
}
