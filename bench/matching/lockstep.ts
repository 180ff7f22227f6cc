import { chanceFrom } from '../../server/domain/matching/chanceFrom.ts';
import { MetPairs } from '../../server/domain/matching/metPairs.ts';
import { VirtualCrowd } from './virtualCrowd.ts';
import type { MatchId } from '../../shared/ids.ts';

interface Session {
  readonly people: number;
  readonly rounds: number;
  readonly runs: number;
}

/** Longer than a call with its goodbye, so that everybody is back before the next round. */
const ROUND_MS = 150_000;

/**
 * Rounds in which everybody is released together, as after a pause of the storage. Share of the
 * pairs that the best plan makes, which is the circle method of tournaments.
 */
export function lockstep({ people, rounds, runs }: Session): number {
  let made = 0;
  for (let run = 1; run <= runs; run += 1) made += playRounds(people, rounds, chanceFrom(run));
  return made / (runs * bestPossible(people, rounds));
}

function playRounds(people: number, rounds: number, chance: () => number): number {
  const crowd = new VirtualCrowd({ people, chance });
  crowd.onMatched = (person, matchId) =>
    crowd.plan(crowd.now, () =>
      crowd.say({ type: 'mediaFlowing', socket: person.socket, matchId }),
    );
  for (let round = 0; round < rounds; round += 1) {
    crowd.say({ type: 'pairUnrecorded', matchId: 'nobody' as MatchId });
    for (const person of crowd.people) crowd.ready(person);
    crowd.run(crowd.now + ROUND_MS);
  }
  return crowd.calls;
}

/** The baseline: each round, whoever is first in line takes the next one they have not met. */
export function lockstepInOrder({ people, rounds }: Session): number {
  const met = new MetPairs();
  const crowd = new VirtualCrowd({ people, chance: () => 0 }).people.map(({ id }) => id);
  let made = 0;
  for (let round = 0; round < rounds; round += 1) {
    const free = new Set(crowd);
    for (const one of free) {
      free.delete(one);
      const partner = [...free].find((other) => !met.has(one, other));
      if (partner === undefined) continue;
      free.delete(partner);
      met.add(one, partner);
      made += 1;
    }
  }
  return made / bestPossible(people, rounds);
}

function bestPossible(people: number, rounds: number): number {
  const roundsThatThereAre = people % 2 === 0 ? people - 1 : people;
  return Math.floor(people / 2) * Math.min(rounds, roundsThatThereAre);
}
