import type { MatchId } from '../../shared/ids.ts';
import { SERVER_LIMITS } from '../../server/runtime/serverLimits.ts';
import { chanceFrom } from '../../server/domain/matching/chanceFrom.ts';
import { VirtualCrowd } from './virtualCrowd.ts';

const PEOPLE = 5_000;
const ROUNDS = 9;
const ROUND_MS = 150_000;

/**
 * CPU of the one command that releases 5,000 people, with everything the lobby does for 2,500
 * matches, in ms; one figure for each round of a lobby whose people have met more and more others.
 */
export function releaseCosts(): readonly number[] {
  const crowd = new VirtualCrowd({ people: PEOPLE, chance: chanceFrom(5) });
  crowd.onMatched = ({ socket }, matchId) =>
    crowd.plan(crowd.now, () => crowd.say({ type: 'mediaFlowing', socket, matchId }));
  const costs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    crowd.say({ type: 'pairUnrecorded', matchId: 'nobody' as MatchId });
    for (const person of crowd.people) crowd.ready(person);
    crowd.run(crowd.now + SERVER_LIMITS.storagePauseMs - 1);
    crowd.now += 1;
    costs.push(crowd.costOf({ type: 'tick' }));
    crowd.run(crowd.now + ROUND_MS);
  }
  return costs;
}
