import { afterAll, beforeAll, expect, test } from 'vitest';
import texts from '../../extension/locales/en.json' with { type: 'json' };
import type { Viewer } from '../browser/launchViewer.ts';
import { CAST } from '../media/cast.ts';
import { changeEvent } from '../organizer/changeEvent.ts';
import { registerEvent } from '../organizer/registerEvent.ts';
import { withName } from '../panel/drivePanel.ts';
import { expectToMeet } from './perceive.ts';
import { openStage, type Stage } from './stage.ts';
import { takeSeat } from './takeSeat.ts';

const TALK = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ';
/** Nobody's call ends meanwhile. */
const CALL_SECONDS = 900;

let stage: Stage<readonly [Viewer, Viewer]>;

beforeAll(async () => {
  stage = await openStage(CAST.ada, CAST.ben);
});
afterAll(() => stage?.close());

test('E2E21: who talks on while the server starts again can block the other, for all cycles to come', async () => {
  const registered = await registerEvent(stage.server.url, {
    title: 'Blocking',
    addresses: [{ url: TALK }],
    callSeconds: CALL_SECONDS,
  });
  const [ada, ben] = await Promise.all(stage.viewers.map((viewer) => takeSeat(viewer, TALK)));
  for (const seat of [ada!, ben!]) await seat.panel.enterLobby(seat.viewer.person.name);
  for (const seat of [ada!, ben!]) await seat.panel.pressReady();
  await expectToMeet(ada!, ben!);

  await stage.server.stop();
  for (const seat of [ada!, ben!])
    await seat.panel.sentence(texts.frame.reconnectingInCall).waitFor();
  await stage.server.start();
  for (const seat of [ada!, ben!]) await seat.panel.sentence('2 people here').waitFor();

  await ada!.panel.press(withName(texts.call.block, 'Ben'));
  await ada!.panel.sentence(withName(texts.afterCall.title.blocked, 'Ben')).waitFor();
  for (const seat of [ada!, ben!])
    await seat.panel.sentence(texts.waitingRoom.metEverybodyTitle).waitFor();
  expect(await changeEvent(stage.server.url, registered, { cycle: 2 })).toBe(200);
  for (const seat of [ada!, ben!]) await seat.panel.sentence(texts.waitingRoom.newCycle).waitFor();
  // All who may meet are paired in the moment in which a cycle begins.
  for (const seat of [ada!, ben!]) {
    await seat.panel.sentence(texts.waitingRoom.metEverybodyTitle).waitFor();
    expect(await seat.panel.sentence(texts.call.timeLeft).count()).toBe(0);
  }
});
