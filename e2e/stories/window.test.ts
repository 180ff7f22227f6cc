import { afterAll, beforeAll, expect, test } from 'vitest';
import texts from '../../extension/locales/en.json' with { type: 'json' };
import type { Viewer } from '../browser/launchViewer.ts';
import { CAST } from '../media/cast.ts';
import { registerEvent } from '../organizer/registerEvent.ts';
import { drivePanel } from '../panel/drivePanel.ts';
import { badgeOf } from './badgeOf.ts';
import { expectToMeet, SOON } from './perceive.ts';
import { openStage, type Stage } from './stage.ts';
import { takeSeat } from './takeSeat.ts';

/** Its Permissions-Policy is `camera=(), microphone=()`. */
const FORBIDDING = 'https://nocamera.example/talk';
const ALLOWING = 'https://conf.example/talk';

let stage: Stage<readonly [Viewer, Viewer]>;

beforeAll(async () => {
  stage = await openStage(CAST.ada, CAST.ben);
  const addresses = [{ url: FORBIDDING }, { url: ALLOWING }];
  await registerEvent(stage.server.url, { title: 'No camera here', addresses });
});

afterAll(() => stage?.close());

test('E2E12: on a page that forbids camera and microphone, the call is in a window', async () => {
  const [ada, ben] = stage.viewers;
  const beside = await takeSeat(ada, FORBIDDING);
  await beside.panel.giveName('Ada');
  await beside.panel.sentence(texts.mediaProblem.both.blockedByPage).waitFor();
  const opened = ada.context.waitForEvent('page');
  await beside.panel.press(texts.mediaProblem.openWindow);
  const place = await opened;
  const window = { viewer: ada, page: place, place, panel: drivePanel(place) };
  await beside.panel.sentence(texts.stopped.inWindow.title).waitFor();

  await window.panel.enterLobby('Ada');
  await expect.poll(() => badgeOf(beside), SOON).toBe('1');
  const partner = await takeSeat(ben, ALLOWING);
  await partner.panel.enterLobby('Ben');
  await window.panel.pressReady();
  await partner.panel.pressReady();
  await expectToMeet(window, partner);
  expect(await beside.panel.sentence(texts.stopped.inWindow.title).isVisible()).toBe(true);
});

test('E2E17: no page complains meanwhile', () => {
  expect(stage.problems()).toEqual([]);
});
