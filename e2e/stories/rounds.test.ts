import { afterAll, beforeAll, expect, test } from 'vitest';
import texts from '../../extension/locales/en.json' with { type: 'json' };
import { LIMITS } from '../../shared/protocol/limits.ts';
import type { Viewer } from '../browser/launchViewer.ts';
import { CAST } from '../media/cast.ts';
import { registerEvent } from '../organizer/registerEvent.ts';
import { withName } from '../panel/drivePanel.ts';
import { expectToSeeEachOther, SOON } from './perceive.ts';
import { rememberMeetings } from './rememberMeetings.ts';
import { openStage, type Stage } from './stage.ts';
import { takeSeat, type Seat } from './takeSeat.ts';
import { whenShown } from './whenShown.ts';

const TALK = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ';
const CALL_MS = LIMITS.callSecondsMin * 1_000;
/** Both ends of a stretch come by the same way; what differs is when two busy cores get to them. */
const TOLERANCE_MS = 1_000;

let stage: Stage<readonly [Viewer, Viewer, Viewer]>;

beforeAll(async () => {
  stage = await openStage(CAST.ada, CAST.ben, CAST.cleo);
  const callSeconds = LIMITS.callSecondsMin;
  await registerEvent(stage.server.url, {
    title: 'Rounds',
    addresses: [{ url: TALK }],
    callSeconds,
  });
});

afterAll(() => stage?.close());

async function enter(viewer: Viewer): Promise<Seat> {
  const seat = await takeSeat(viewer, TALK);
  await seat.panel.enterLobby(viewer.person.name);
  return seat;
}

/** The lengths of the next call and of its goodbye on one side's screen, ms; ask after its end. */
async function timeCall({ place }: Seat, partnerName: string) {
  const thanks = withName(texts.afterCall.title.timeUp, partnerName);
  const live = await whenShown(place, texts.call.timeLeft);
  const goodbye = await whenShown(place, texts.call.goodbye);
  const over = await whenShown(place, thanks);
  return async () => ({
    call: (await goodbye()) - (await live()),
    goodbye: (await over()) - (await goodbye()),
  });
}

function expectAbout(actual: number, expected: number): void {
  expect(actual).toBeGreaterThan(expected - TOLERANCE_MS);
  expect(actual).toBeLessThan(expected + TOLERANCE_MS);
}

test('E2E9: a call ends on time with a goodbye, and everybody meets everybody once', async () => {
  const seats: [Seat, Seat, Seat] = [
    await enter(stage.viewers[0]),
    await enter(stage.viewers[1]),
    await enter(stage.viewers[2]),
  ];
  const [ada, ben, cleo] = seats;
  const meetings = await Promise.all(seats.map(rememberMeetings));

  const timings = [await timeCall(ada, 'Ben'), await timeCall(ben, 'Ada')];
  await ada.panel.pressReady();
  await ben.panel.pressReady();
  await cleo.panel.pressReady();
  await ada.panel
    .sentence(texts.call.goodbye)
    .first()
    .waitFor({ timeout: 2 * CALL_MS });
  await expectToSeeEachOther(ada, ben);
  for (const timing of timings) {
    const { call, goodbye } = await timing();
    expectAbout(call, CALL_MS);
    expectAbout(goodbye, LIMITS.goodbyeMs);
  }

  await expect.poll(() => meetings[2]!(), SOON).toHaveLength(1);
  const [second] = (await meetings[2]!()) as ['Ada' | 'Ben'];
  const [next, last] = second === 'Ada' ? [ada, ben] : [ben, ada];
  await expectToSeeEachOther(next, cleo);
  await next.panel.press(texts.call.leave);
  await expectToSeeEachOther(last, cleo);
  await last.panel.press(texts.call.leave);

  for (const { panel } of seats)
    await panel.sentence('2 people are looking for a partner').waitFor(SOON);
  expect(await meetings[0]!()).toEqual(expect.arrayContaining(['Ben', 'Cleo']));
  expect(await meetings[1]!()).toEqual(expect.arrayContaining(['Ada', 'Cleo']));
  expect(await Promise.all(meetings.map(async (read) => (await read()).length))).toEqual([2, 2, 2]);
});

test('E2E17: no page complains meanwhile', () => {
  expect(stage.problems()).toEqual([]);
});
