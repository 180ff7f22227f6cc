import { afterAll, beforeAll, expect, test } from 'vitest';
import texts from '../../extension/locales/en.json' with { type: 'json' };
import { LIMITS } from '../../shared/protocol/limits.ts';
import type { Viewer } from '../browser/launchViewer.ts';
import { CAST } from '../media/cast.ts';
import { registerEvent } from '../organizer/registerEvent.ts';
import { withName } from '../panel/drivePanel.ts';
import { HASTY_SERVER, startFoyer, type FoyerServer } from '../server/startFoyer.ts';
import { expectToSeeEachOther, SOON } from './perceive.ts';
import { rememberClock } from './rememberClock.ts';
import { openStage, type Stage } from './stage.ts';
import { takeSeat, type Seat } from './takeSeat.ts';
import { whenShown } from './whenShown.ts';

const TALKS = ['ReadyCheck1', 'BothAsk_001', 'OneAsks_001'].map(
  (video) => `https://www.youtube.com/watch?v=${video}`,
) as [string, string, string];
/** A second of a call lasts 600 ms on the hasty server; what is added is as long as the call was. */
const CALL_MS = LIMITS.callSecondsMin * 600;
const MORE = '9 more seconds';
const { more } = texts.call;
const ASK = more.ask.replace('{time}', MORE);
const ADDED = more.added.replace('{time}', MORE);
/** Both ends of a stretch come by the same way; what differs is when two busy cores get to them. */
const TOLERANCE_MS = 2_000;
/** Longer than the hasty server takes somebody for present. */
const WAITED_LONG = /You have waited 0:(0[7-9]|[1-5]\d)/;
/** A clock that shows less than what was added: the call would be over. */
const LESS_THAN_ADDED = /^0:0[0-8] left$/;

let stage: Stage<readonly [Viewer, Viewer]>;
let server: FoyerServer;

beforeAll(async () => {
  server = await startFoyer({}, undefined, HASTY_SERVER);
  stage = await openStage(CAST.ada, CAST.ben);
  for (const viewer of stage.viewers) await viewer.setServer(server.url);
  for (const url of TALKS) {
    const callSeconds = LIMITS.callSecondsMin;
    await registerEvent(server.url, { title: 'More time', addresses: [{ url }], callSeconds });
  }
});

afterAll(async () => {
  await stage?.close();
  await server?.close();
});

/** Both in the lobby of a talk of their own. */
async function sitDown(talk: string): Promise<[Seat, Seat]> {
  const [ada, ben] = stage.viewers;
  return Promise.all([enter(ada, talk), enter(ben, talk)]);
}

async function enter(viewer: Viewer, talk: string): Promise<Seat> {
  const seat = await takeSeat(viewer, talk);
  await seat.panel.enterLobby(viewer.person.name);
  await seat.panel.sentence('2 people here').waitFor(SOON);
  return seat;
}

async function leave(seats: readonly Seat[]): Promise<void> {
  await Promise.all(seats.map(({ page }) => page.close()));
}

const askForMore = ({ panel }: Seat) => panel.press(ASK);

function expectAbout(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThan(TOLERANCE_MS);
}

/** How long the call was on somebody's screen, ms; ask after its end. */
async function timeCall({ place }: Seat): Promise<() => Promise<number>> {
  const live = await whenShown(place, texts.call.timeLeft);
  const goodbye = await whenShown(place, texts.call.goodbye);
  return async () => (await goodbye()) - (await live());
}

/** The most by which a clock that counts down went up at once, s. */
function largestRise(seconds: readonly number[]): number {
  return Math.max(...seconds.slice(1).map((now, index) => now - seconds[index]!));
}

test('E2E18: who does not say that they are there is out of the line and reads why; who does is matched', async () => {
  const [ada, ben] = await sitDown(TALKS[0]);
  await ada.panel.pressReady();
  await ada.place.getByText(WAITED_LONG).waitFor(SOON);
  await ben.panel.pressReady();
  await ada.panel.sentence(texts.waitingRoom.askedTitle).first().waitFor(SOON);
  await ada.panel.sentence(texts.waitingRoom.noAnswer).waitFor(SOON);
  await ben.place.getByText(WAITED_LONG).waitFor(SOON);
  await Promise.all([ben.panel.press(texts.waitingRoom.here), ada.panel.pressReady()]);
  await expectToSeeEachOther(ada, ben);
  await leave([ada, ben]);
});

test('E2E19: when both ask for more time, both clocks show it, and the call goes on', async () => {
  const seats = await sitDown(TALKS[1]);
  const clocks = await Promise.all(seats.map(rememberClock));
  const lengths = await Promise.all(seats.map(timeCall));
  for (const { panel } of seats) await panel.pressReady();
  await Promise.all(seats.map(askForMore));
  for (const { panel } of seats) await panel.sentence(ADDED).first().waitFor(SOON);
  for (const { place } of seats) await place.getByLabel(LESS_THAN_ADDED).waitFor(SOON);
  await expectToSeeEachOther(...seats);
  for (const length of lengths) expectAbout(await length(), 2 * CALL_MS);
  for (const clock of clocks) expect(largestRise(await clock())).toBeGreaterThanOrEqual(8);
  await leave(seats);
});

test('E2E19: when only one asks, the other reads nothing of it, and the call ends in time', async () => {
  const [ada, ben] = await sitDown(TALKS[2]);
  const lengths = [await timeCall(ada), await timeCall(ben)];
  await ada.panel.pressReady();
  await ben.panel.pressReady();
  await askForMore(ada);
  await ada.panel.sentence(withName(more.asked, 'Ben').replace('{time}', MORE)).first().waitFor();
  await ben.place.getByRole('button', { name: ASK, exact: true }).waitFor();
  for (const length of lengths) expectAbout(await length(), CALL_MS);
  for (const [{ panel }, partner] of [
    [ada, 'Ben'],
    [ben, 'Ada'],
  ] as const)
    await panel.sentence(withName(texts.afterCall.title.timeUp, partner)).waitFor(SOON);
});

test('E2E17: no page complains meanwhile', () => {
  expect(stage.problems()).toEqual([]);
});
