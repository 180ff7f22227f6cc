import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import texts from '../../extension/locales/en.json' with { type: 'json' };
import type { Viewer } from '../browser/launchViewer.ts';
import { CAST } from '../media/cast.ts';
import { waitForPicture } from '../media/waitForPicture.ts';
import { registerEvent } from '../organizer/registerEvent.ts';
import { SOON } from '../stories/perceive.ts';
import { openStage, type Stage } from '../stories/stage.ts';
import { takeSeat, type Seat } from '../stories/takeSeat.ts';

const TALK = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ';

let stage: Stage<readonly [Viewer]>;
let seat: Seat;

beforeAll(async () => {
  stage = await openStage({ ...CAST.ada, blocksDevices: true });
  await registerEvent(stage.server.url, { title: 'Blocked', addresses: [{ url: TALK }] });
});

afterAll(() => stage?.close());

/** What a person does on Chromium's page of a site's permissions. */
const answerThere = (settings: Page, name: 'Camera' | 'Microphone', answer: 'allow' | 'block') =>
  settings.locator(`site-details-permission[label="${name}"] select`).selectOption(answer);

test('DV19: who has blocked Foyer finds the permissions, and the panel goes on by itself', async () => {
  seat = await takeSeat(stage.viewers[0], TALK);
  await seat.panel.giveName('Ada');
  await seat.panel.sentence(texts.mediaProblem.both.denied).waitFor();
  const opened = seat.viewer.context.waitForEvent('page');
  await seat.panel.press(texts.mediaProblem.openPermissions);
  const settings = await opened;
  await answerThere(settings, 'Camera', 'allow');
  await seat.panel.sentence(texts.mediaProblem.microphone.denied).waitFor();
  await answerThere(settings, 'Microphone', 'allow');
  await seat.panel.sentence(texts.mediaProblem.microphone.denied).waitFor({ state: 'detached' });
  const preview = seat.place.getByLabel(texts.greenRoom.preview, { exact: true });
  await seat.page.bringToFront();
  await waitForPicture(preview, CAST.ada, SOON.timeout);

  await answerThere(settings, 'Camera', 'block');
  await seat.panel.sentence(texts.mediaProblem.camera.denied).waitFor();
  expect(await preview.count()).toBe(0);
  await seat.panel.press(texts.greenRoom.enterWithoutCamera);
  await seat.panel.sentence('1 person here').waitFor();
});

test('E2E17: no page complains meanwhile', () => {
  const ofTheBrowser = (problem: string) => problem.includes('chrome://settings');
  expect(stage.problems().filter((problem) => !ofTheBrowser(problem))).toEqual([]);
});
