import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Match } from '../../shared/protocol/lobby.ts';
import { BrokenLine } from './brokenLine.ts';
import { QuickPairs, runnerScene, turn } from './runnerScene.ts';

const PEOPLE = ['ann', 'ben', 'cem', 'dag', 'eve', 'fox'];
/** Mistakes within a minute; one more and the lobby is given up. */
const MOST_CRASHES = 5;
/** Eighty of them are less than the 30 s after which somebody absent has left. */
const MOST_WAIT_MS = 350;

const who = fc.nat(PEOPLE.length - 1);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('ready' as const), who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('flowing' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('left' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('failed' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('block' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('back' as const), who }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), who, ms: fc.nat(MOST_WAIT_MS) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('break' as const), who, after: fc.nat(6) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What somebody believes, from what they were told. */
function belief({ heard }: BrokenLine): { phase: string; match: Match | null } {
  for (const message of heard.toReversed()) {
    switch (message.type) {
      case 'welcome': {
        const { seat } = message;
        return 'match' in seat
          ? { phase: 'inCall', match: seat.match }
          : { phase: seat.phase, match: null };
      }
      case 'matched':
        return { phase: 'inCall', match: message.match };
      case 'waiting':
      case 'idle':
        return { phase: message.type, match: null };
      case 'ended':
        return { phase: message.requeued ? 'waiting' : 'idle', match: null };
      default:
    }
  }
  throw new Error('Nobody told them anything.');
}

/** A lobby in whose commands things break in the middle: between two changes of its state. */
class FragileWorld {
  #breakIn = -1;
  #crashes = 0;
  readonly scene = runnerScene({ metPairs: new QuickPairs(), beforeMint: () => this.#mayBreak() });
  readonly people = PEOPLE.map((name) => new BrokenLine(name, this.scene));

  async enter(): Promise<void> {
    for (const person of this.people) person.connect();
    await this.settle();
  }

  async play(one: Step): Promise<void> {
    const person = this.people[one.who]!;
    const { match } = belief(person);
    if (one.do === 'break' && this.#crashes < MOST_CRASHES) this.#breakIn = one.after;
    if (one.do === 'wait') this.scene.clock.pass(one.ms);
    if (one.do === 'ready') person.say({ type: 'ready' });
    if (one.do === 'back') {
      person.cut(true);
      person.connect();
    }
    if (match !== null) this.#sayInCall(person, one.do, match);
    await this.settle();
  }

  async settle(): Promise<void> {
    for (let round = 0; round < 3; round += 1) {
      for (const person of this.people) person.deliver();
      await turn();
    }
  }

  /** From now on nothing breaks. */
  async mend(): Promise<void> {
    this.#breakIn = -1;
    for (const person of this.people) {
      if (!person.isUp) {
        person.cut(true);
        person.connect();
      }
    }
    // What was kept is said after the welcome, and what comes of that is written before it is told.
    for (let round = 0; round < 6; round += 1) await this.settle();
  }

  #sayInCall(person: BrokenLine, what: Step['do'], { matchId, partnerSeal }: Match): void {
    if (what === 'flowing') person.say({ type: 'mediaFlowing', matchId });
    if (what === 'block') person.say({ type: 'block', matchId, partnerSeal });
    if (what === 'left' || what === 'failed')
      person.say({ type: 'endCall', matchId, reason: what });
  }

  #mayBreak(): void {
    this.#breakIn -= 1;
    if (this.#breakIn !== -1) return;
    this.#crashes += 1;
    throw new Error('A mistake between two changes.');
  }
}

it('SV8: wherever a command breaks, nobody is lost, and everybody is where they were told', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 80 }), async (steps) => {
      const world = new FragileWorld();
      await world.enter();
      for (const one of steps) await world.play(one);
      await world.mend();
      const { people, scene } = world;
      expect(scene.given.up).toBe(false);
      const told = people.map(belief);
      const { here, waiting, inCall } = scene.runner.counts();
      expect(here).toBe(PEOPLE.length);
      expect(told.filter(({ phase }) => phase === 'waiting')).toHaveLength(waiting);
      expect(told.filter(({ phase }) => phase === 'inCall')).toHaveLength(inCall);
      const pairs = scene.metPairs.written.map(({ pair }) => pair.toSorted().join(' & '));
      expect(new Set(pairs).size).toBe(pairs.length);
    }),
    { numRuns: 200 },
  );
}, 60_000);
