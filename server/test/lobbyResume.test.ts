import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { MatchId } from '../../shared/ids.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import { Lobby } from '../domain/lobby/lobby.ts';
import type { SeatMessage } from '../runtime/connection.ts';
import { BrokenLine } from './brokenLine.ts';
import { QuickPairs, runnerScene, turn } from './runnerScene.ts';

type Scene = ReturnType<typeof runnerScene>;

/** Two people in a call, over lines of their own. */
async function inCall(scene: Scene) {
  const people = [new BrokenLine('ann', scene), new BrokenLine('ben', scene)] as const;
  for (const person of people) {
    person.connect();
    person.deliver();
    person.say({ type: 'ready' });
    person.deliver();
  }
  await turn();
  for (const person of people) person.deliver();
  const matched = people[0].heard.find((message) => message.type === 'matched');
  return { people, matchId: matched!.match.matchId };
}

const signal = (matchId: MatchId, round: number): SeatMessage => ({
  type: 'signal',
  matchId,
  signal: { kind: 'offer', sdp: `v=${round}`, round },
});

function roundsOf({ heard }: BrokenLine): number[] {
  const signals = heard.filter((message) => message.type === 'signal');
  return signals.map(({ signal: said }) => ('round' in said ? said.round : -1));
}

const who = fc.nat(1);
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('say' as const), who }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('deliver' as const), who, n: fc.nat(4) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('ping' as const), who }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('cut' as const), who, known: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('notice' as const), who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('connect' as const), who }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** As much as neither side has to forget. */
const MOST = 25;

function play(steps: readonly Step[], people: readonly BrokenLine[], matchId: MatchId): number[] {
  const said = [0, 0];
  for (const one of steps) {
    const person = people[one.who]!;
    if (one.do === 'say' && said[one.who]! < MOST) {
      person.say(signal(matchId, (said[one.who] = said[one.who]! + 1)));
    }
    if (one.do === 'deliver') person.deliver(one.n);
    if (one.do === 'ping') person.ping();
    if (one.do === 'cut') person.cut(one.known);
    if (one.do === 'notice') person.noticeCuts();
    if (one.do === 'connect') {
      person.cut(false);
      person.connect();
    }
  }
  return said;
}

function settle(people: readonly BrokenLine[]): void {
  for (const person of people) {
    if (!person.isUp) {
      person.cut(false);
      person.connect();
    }
  }
  for (let round = 0; round < 3; round += 1) for (const person of people) person.deliver();
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

it('LS18: whatever breaks whenever, in both directions nothing is lost, nothing comes twice, in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 120 }), async (steps) => {
      const { people, matchId } = await inCall(runnerScene({ metPairs: new QuickPairs() }));
      const [byAnn, byBen] = play(steps, people, matchId);
      settle(people);
      expect(roundsOf(people[1])).toEqual(upTo(byAnn!));
      expect(roundsOf(people[0])).toEqual(upTo(byBen!));
    }),
    { numRuns: 400 },
  );
});

it('LS19: where too much was missed the welcome stands for it, and counting goes on', async () => {
  const { people, matchId } = await inCall(runnerScene({ metPairs: new QuickPairs() }));
  const [ann, ben] = people;
  ann.cut(true);
  for (let round = 1; round <= LIMITS.replayFrames + 5; round += 1) {
    ben.say(signal(matchId, round));
    ben.ping();
    ben.deliver();
  }
  ann.connect();
  ann.deliver();
  expect(roundsOf(ann)).toEqual([]);
  expect(ann.heard.at(-1)).toMatchObject({ type: 'welcome', seat: { phase: 'connecting' } });
  ann.cut(true);
  ben.say(signal(matchId, 100));
  ben.deliver();
  ann.connect();
  ann.deliver();
  expect(roundsOf(ann)).toEqual([100]);
});

it('LS20: a client that does not say what it heard is told nothing again', async () => {
  const scene = runnerScene({ metPairs: new QuickPairs() });
  const { people, matchId } = await inCall(scene);
  const [ann, ben] = people;
  const welcome = ann.heard.findLast((message) => message.type === 'welcome');
  ann.cut(true);
  ben.say(signal(matchId, 1));
  ben.deliver();
  const told: string[] = [];
  const { resumeToken } = welcome!;
  scene.runner.resume({ resumeToken }, { send: (text) => told.push(text), close: () => undefined });
  const types = told.map((text) => JSON.parse(text).type);
  expect(types.filter((type) => type !== 'presence')).toEqual(['replay', 'welcome']);
});

it('SV1: what is said while a lobby is renewed is neither lost nor doubled', async () => {
  class Fragile extends Lobby {
    override handle(...[command, now]: Parameters<Lobby['handle']>) {
      const effects = super.handle(command, now);
      if (command.type === 'notReady') throw new Error('a mistake');
      return effects;
    }
  }
  const scene = runnerScene({
    metPairs: new QuickPairs(),
    createLobby: (parts) => new Fragile(parts),
  });
  const { people, matchId } = await inCall(scene);
  const [ann, ben] = people;
  ann.say(signal(matchId, 1));
  ann.say({ type: 'notReady' });
  ann.say(signal(matchId, 2));
  ann.deliver();
  ben.cut(true);
  ann.say(signal(matchId, 3));
  ann.deliver();
  await turn();
  settle(people);
  expect(roundsOf(ben)).toEqual([1, 2, 3]);
  ann.cut(false);
  settle(people);
  expect(roundsOf(ben)).toEqual([1, 2, 3]);
});
