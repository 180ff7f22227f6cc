import { afterAll, beforeAll, expect, test } from 'vitest';
import texts from '../../extension/locales/en.json' with { type: 'json' };
import type { Viewer } from '../browser/launchViewer.ts';
import { CAST } from '../media/cast.ts';
import { registerEvent } from '../organizer/registerEvent.ts';
import { withName } from '../panel/drivePanel.ts';
import { asPartner, expectToMeet, expectToSee } from './perceive.ts';
import { openStage, type Stage } from './stage.ts';
import { takeSeat, type Seat } from './takeSeat.ts';
import { whenShown } from './whenShown.ts';

const TALK = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ';
/** Issue 2: the other is told within a second. */
const TOLD_MS = 1_000;

let stage: Stage<readonly [Viewer, Viewer, Viewer]>;

beforeAll(async () => {
  stage = await openStage(CAST.ada, CAST.ben, CAST.cleo);
  await registerEvent(stage.server.url, { title: 'Leaving', addresses: [{ url: TALK }] });
});

afterAll(() => stage?.close());

async function enter(viewer: Viewer, name: string = viewer.person.name): Promise<Seat> {
  const seat = await takeSeat(viewer, TALK);
  await seat.panel.enterLobby(name);
  return seat;
}

/** The same computer, but nobody whom the server knows. */
async function enterAsStranger(viewer: Viewer, name: string): Promise<Seat> {
  await viewer.worker.evaluate(() => chrome.storage.local.remove('deviceToken'));
  return enter(viewer, name);
}

test('E2E11: who is left by a closed tab hears within a second, and comes before who waited longer', async () => {
  const [first, second, third] = stage.viewers;
  const ben = await enter(second);
  const cleo = await enter(third);
  await ben.panel.pressReady();
  await cleo.panel.pressReady();
  await expectToMeet(ben, cleo);
  await ben.panel.press(texts.call.leave);
  await cleo.panel.press(texts.waitingRoom.notReady);
  await ben.panel.press(texts.afterCall.meetNext);

  const ada = await enter(first);
  await ada.panel.pressReady();
  await expectToMeet(ada, ben);
  await cleo.panel.pressReady();
  await cleo.panel.sentence(texts.waitingRoom.waitingTitle).waitFor();

  const told = await whenShown(ben.place, withName(texts.waitingRoom.partnerLeft, 'Ada'));
  const closedAt = Date.now();
  await ada.page.close();
  expect((await told()) - closedAt).toBeLessThan(TOLD_MS);

  const dan = await enterAsStranger(first, 'Dan');
  await dan.panel.pressReady();
  await expectToSee(ben, asPartner(CAST.ada, 'Dan'));
  await expectToSee(dan, asPartner(CAST.ben));
  expect(await cleo.panel.sentence(texts.waitingRoom.waitingTitle).isVisible()).toBe(true);

  const meetsCleo = await whenShown(dan.place, withName(texts.call.meet, 'Cleo'));
  const leftAt = Date.now();
  await ben.page.close();
  expect((await meetsCleo()) - leftAt).toBeLessThan(TOLD_MS);
  await expectToSee(cleo, asPartner(CAST.ada, 'Dan'));
});

test('E2E17: no page complains meanwhile', () => {
  expect(stage.problems()).toEqual([]);
});
