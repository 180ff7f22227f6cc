import type { MemberId } from '../../../shared/ids.ts';
import { chanceFrom } from '../matching/chanceFrom.ts';
import type { FuzzClient } from './fuzzClient.ts';
import { FuzzWorld, holds } from './fuzzWorld.ts';
import type { FuzzTrios } from './fuzzTrios.ts';
import type { LobbyRules } from './lobbyRules.ts';

const RULES: LobbyRules = {
  membersPerLobby: 5_000,
  connectTimeoutMs: 80,
  goodbyeMs: 50,
  moreMsMax: 100,
  moreTimesPerCall: 1,
  // Nobody has to prove their presence here: who is asked waits on purpose.
  presentForMs: Infinity,
  readyCheckMs: 60,
  cueMs: [60, 20],
  roundOpenMs: 100,
  resumeGraceMs: 100,
  presenceIntervalMs: 10,
  presenceInCallMs: 60,
  presenceFramesPerSecond: 2_000,
  forecastIntervalMs: 15,
  iceServersRenewMs: 400,
  storagePauseMs: 40,
  afterCallMs: 30,
  smallLobbySize: 20,
  smallLobbyHoldMs: 10,
  trioAfterMs: 30,
  trioAnswerMs: 50,
};
const NAMES = ['ann', 'ben', 'cem', 'dag', 'eve', 'flo', 'gus', 'hal', 'ida'] as MemberId[];
const STEPS = 150;
/** The call is four times as long. */
const MINIMUM_MS = 25;
const LONGEST_WAIT_MS = 60;
const SELDOM = 0.04;

/** How often each of them happens, one beside the other. */
const WEIGHTS = {
  join: 6,
  ready: 10,
  notReady: 1,
  flowing: 5,
  left: 2,
  failed: 1,
  wantMore: 1,
  block: 0.5,
  drop: 1.5,
  resume: 6,
  quit: 0.3,
  refused: 1,
  unrecorded: 2,
  close: 0.15,
  reopen: 3,
  crash: 0.4,
  newCycle: 0.3,
  wait: 14,
};
type Step = keyof typeof WEIGHTS;
/** A crowd of people who may all meet is what trios need. */
const TRIO_WEIGHTS: Readonly<Record<Step, number>> = { ...WEIGHTS, newCycle: 4 };

/** Plays one story, and tells of its trios; throws when something does not hold that always must. */
export function fuzzSeed(seed: number): Pick<FuzzTrios, 'begun' | 'withdrawn'> {
  const chance = chanceFrom(seed);
  // Every other story is that of a lobby in which nothing is held.
  const rules = { ...RULES, smallLobbySize: seed % 2 === 0 ? RULES.smallLobbySize : 0 };
  const people = NAMES.slice(0, 3 + Math.floor(chance() * (NAMES.length - 2)));
  // In every third story nobody gains by leaving early.
  const minimumMs = seed % 3 === 0 ? MINIMUM_MS : 0;
  const withTrios = seed % 5 < 2;
  const weights = Object.entries(withTrios ? TRIO_WEIGHTS : WEIGHTS) as [Step, number][];
  const world = new FuzzWorld(rules, minimumMs, withTrios, chance);
  for (let step = 0; step < STEPS; step += 1) {
    const person = people[Math.floor(chance() * people.length)];
    if (person !== undefined) playStep(world, draw(weights, chance), { person, chance });
  }
  // All pairs of nine have met long before, unless somebody is forgotten.
  world.wait(20_000);
  holds(world.counts.inCall === 0, 'a call that never ends');
  return world.trios;
}

function draw(weights: readonly [Step, number][], chance: () => number): Step {
  let lot = chance() * weights.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [step, weight] of weights) {
    lot -= weight;
    if (lot < 0) return step;
  }
  return 'wait';
}

interface Draw {
  readonly person: MemberId;
  readonly chance: () => number;
}

function playStep(world: FuzzWorld, step: Step, { person, chance }: Draw): void {
  if (step === 'wait') return world.wait(Math.floor(chance() * LONGEST_WAIT_MS));
  if (step === 'crash') return world.crash();
  if (step === 'newCycle') return world.beginCycle();
  if (step === 'close' || step === 'reopen') {
    world.closing = step === 'close';
    return world.handle({ type: step });
  }
  const client = world.clients.get(person);
  // Coming again while here happens, but seldom: it ends what was going on.
  const again = client?.online === true && chance() > SELDOM;
  if (step === 'join') return again ? undefined : world.join(person);
  if (step === 'resume' && again) return;
  if (client) playClient(world, step, client);
}

type ClientStep = Exclude<Step, 'wait' | 'join' | 'crash' | 'newCycle' | 'close' | 'reopen'>;

function playClient(world: FuzzWorld, step: ClientStep, client: FuzzClient): void {
  const { socket, matchId, online } = client;
  if (step === 'resume') return client.resumeToken === '' ? undefined : world.resume(client);
  if (matchId !== null && step === 'refused') return world.unmake(matchId, 'pairRefused');
  if (matchId !== null && step === 'unrecorded') return world.unmake(matchId, 'pairUnrecorded');
  if (!online) return;
  if (step === 'drop' || step === 'quit') return world.drop(client, step === 'quit');
  if (step === 'ready' || step === 'notReady') return world.handle({ type: step, socket });
  if (matchId === null) return;
  if (step === 'flowing') return world.handle({ type: 'mediaFlowing', socket, matchId });
  if (step === 'block') return world.block(client, matchId);
  if (step === 'wantMore') return world.handle({ type: 'wantMore', socket, matchId });
  if (step === 'left') return world.leaveCall(client, matchId);
  if (step === 'failed') return world.handle({ type: 'endCall', socket, matchId, reason: step });
}
