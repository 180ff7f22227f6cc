import { afterAll, beforeAll, expect, test } from 'vitest';
import texts from '../../extension/locales/en.json' with { type: 'json' };
import type { Viewer } from '../browser/launchViewer.ts';
import { CAST } from '../media/cast.ts';
import { registerEvent } from '../organizer/registerEvent.ts';
import { withName } from '../panel/drivePanel.ts';
import { asPartner, expectToMeet, expectToSee } from './perceive.ts';
import { openStage, type Stage } from './stage.ts';
import { takeSeat, type Seat } from './takeSeat.ts';
import { longestFreeze } from './longestFreeze.ts';

const TALK = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ';
/** Longer than a server needs to end and start again on two busy cores. */
const CALL_SECONDS = 25;
const CALL_OVER = { timeout: (CALL_SECONDS + 20) * 1_000 };

let stage: Stage<readonly [Viewer, Viewer, Viewer]>;

beforeAll(async () => {
  stage = await openStage(CAST.ada, CAST.ben, CAST.cleo);
  await registerEvent(stage.server.url, {
    title: 'Restart',
    addresses: [{ url: TALK }],
    callSeconds: CALL_SECONDS,
  });
});

afterAll(() => stage?.close());

async function enter(viewer: Viewer): Promise<Seat> {
  const seat = await takeSeat(viewer, TALK);
  await seat.panel.enterLobby(viewer.person.name);
  return seat;
}

test('E2E10: a call outlives a restart of the server, and its two never meet again', async () => {
  const ada = await enter(stage.viewers[0]);
  const ben = await enter(stage.viewers[1]);
  await ada.panel.pressReady();
  await ben.panel.pressReady();
  await expectToMeet(ada, ben);
  const sides = [
    { seat: ada, partner: asPartner(CAST.ben), freeze: await longestFreeze(ada, 'Ben') },
    { seat: ben, partner: asPartner(CAST.ada), freeze: await longestFreeze(ben, 'Ada') },
  ];

  const stoppedAt = performance.now();
  await stage.server.stop();
  for (const { seat, partner } of sides) {
    await seat.panel.sentence(texts.frame.reconnectingInCall).waitFor();
    await expectToSee(seat, partner);
  }
  await stage.server.start();
  const absenceMs = performance.now() - stoppedAt;
  for (const { seat, partner, freeze } of sides) {
    await seat.panel.sentence(texts.frame.reconnectingInCall).waitFor({ state: 'detached' });
    await seat.panel.sentence('2 people here').waitFor();
    await expectToSee(seat, partner);
    expect(await freeze()).toBeLessThan(absenceMs);
  }

  for (const { seat, partner } of sides)
    await seat.panel
      .sentence(withName(texts.afterCall.title.timeUp, partner.name))
      .waitFor(CALL_OVER);
  for (const { seat } of sides)
    await seat.panel.sentence('1 person is looking for a partner').waitFor();

  const cleo = await enter(stage.viewers[2]);
  await cleo.panel.pressReady();
  await cleo.panel.sentence(texts.call.timeLeft).waitFor();
  const metAda = await cleo.panel.partnerVideo('Ada').isVisible();
  await expectToMeet(cleo, metAda ? ada : ben);
  await (metAda ? ben : ada).panel.sentence(texts.waitingRoom.waitingTitle).waitFor();
});

test('E2E17: no page complains of anything but the server that was away', () => {
  const isAway = (problem: string) => /ERR_CONNECTION_(REFUSED|RESET)/.test(problem);
  expect(stage.problems().filter((problem) => !isAway(problem))).toEqual([]);
});
