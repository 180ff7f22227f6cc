import type { MemberId, Millis } from '../../../shared/ids.ts';
import type { MetPairs } from '../matching/metPairs.ts';
import type { Call } from './call.ts';
import type { CallFloor } from './callFloor.ts';
import type { Matchmaker } from './matchmaker.ts';
import type { Outbox } from './outbox.ts';
import type { Roster } from './roster.ts';
import type { WaitForecast } from './waitForecast.ts';

interface CycleParts {
  readonly met: MetPairs;
  readonly floor: CallFloor;
  readonly matchmaker: Matchmaker;
  readonly outbox: Outbox;
  readonly roster: Roster;
  readonly forecast: WaitForecast;
}

/**
 * All may meet all others once more, and are told. Who is in a call at this moment meets their
 * partner in the new cycle. An event's cycles only count up: an earlier one is late news.
 */
export function beginCycle(
  cycle: number,
  { met, floor, matchmaker, outbox, roster, forecast }: CycleParts,
  now: Millis,
): void {
  if (cycle <= met.cycle) return;
  const calls = floor.all();
  for (const call of calls)
    outbox.push({ type: 'carryPair', matchId: call.id, pair: pairOf(call), cycle });
  met.begin(cycle, calls.map(pairOf));
  for (const member of roster.all()) outbox.send(member, { type: 'newCycle' });
  forecast.forgetAll();
  matchmaker.lookAnew(now);
}

function pairOf({ sides: [one, other] }: Call): readonly [MemberId, MemberId] {
  return [one.member, other.member];
}
