import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Match } from '../../shared/protocol/lobby.ts';
import { BrokenLine } from './brokenLine.ts';
import { MoodyPairs, runnerScene, turn } from './runnerScene.ts';

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
/** Of the event loop, for one write; a few times as many are enough for the lobby to be renewed too. */
const SLOWEST_TURNS = 4;
/** Of the storage, one write after the other. */
const mood = fc.record({
  mood: fc.constantFrom('writes' as const, 'writes' as const, 'refuses' as const, 'fails' as const),
  turns: fc.nat(SLOWEST_TURNS),
});
type Mood = typeof mood extends fc.Arbitrary<infer T> ? T : never;
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
  readonly scene;
  readonly people: readonly BrokenLine[];

  constructor(moods: readonly Mood[]) {
    const metPairs = new MoodyPairs(moods);
    this.scene = runnerScene({ metPairs, beforeMint: () => this.#mayBreak() });
    this.people = PEOPLE.map((name) => new BrokenLine(name, this.scene));
  }

  async enter(): Promise<void> {
    for (const person of this.people) person.connect();
    await this.settle();
  }

  async play(one: Step): Promise<void> {
    const person = this.people[one.who]!;
    const { match } = belief(person);
    if (one.do === 'break' && this.#crashes < MOST_CRASHES) {
      await this.renewed();
      this.#breakIn = one.after;
    }
    if (one.do === 'wait') this.scene.clock.pass(one.ms);
    if (one.do === 'ready') person.say({ type: 'ready' });
    if (one.do === 'back') {
      person.cut(true);
      person.connect();
    }
    if (match !== null) this.#sayInCall(person, one.do, match);
    await this.settle();
  }

  /** A lobby that breaks once more while it takes over is given up, and that is another story. */
  async renewed(): Promise<void> {
    for (let round = 0; round < SLOWEST_TURNS; round += 1) await this.settle();
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
    this.scene.metPairs.calm();
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

async function play(steps: readonly Step[], moods: readonly Mood[]): Promise<void> {
  const world = new FragileWorld(moods);
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
}

const steps = fc.array(step, { minLength: 10, maxLength: 80 });

it('SV8: wherever a command breaks, nobody is lost, and everybody is where they were told', async () => {
  await fc.assert(
    fc.asyncProperty(steps, (all) => play(all, [])),
    { numRuns: 200 },
  );
}, 60_000);

/** Found by chance: it broke between the two who were taken back into the line, of whom one was not told. */
const brokenBetweenTwo: [Step[], Mood[]] = [
  [
    { do: 'ready', who: 1 },
    { do: 'break', who: 0, after: 5 },
    { do: 'ready', who: 0 },
  ],
  [{ mood: 'refuses', turns: 0 }],
];

it('SV8, ST19: the same while the storage is slow, refuses or fails', async () => {
  const moods = fc.array(mood, { maxLength: 40 });
  const examples = [brokenBetweenTwo];
  await fc.assert(fc.asyncProperty(steps, moods, play), { numRuns: 400, examples });
}, 60_000);
