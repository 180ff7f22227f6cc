import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import texts from '../../extension/locales/en.json' with { type: 'json' };
import type { RegisterAnswer } from '../../shared/protocol/http.ts';
import type { Viewer } from '../browser/launchViewer.ts';
import { CAST } from '../media/cast.ts';
import { changeEvent } from '../organizer/changeEvent.ts';
import { registerEvent } from '../organizer/registerEvent.ts';
import { withName } from '../panel/drivePanel.ts';
import { expectToMeet } from './perceive.ts';
import { openStage, type Stage } from './stage.ts';
import { takeSeat, type Seat } from './takeSeat.ts';

/** Nobody's call ends meanwhile. */
const CALL_SECONDS = 900;

let stage: Stage<readonly [Viewer, Viewer]>;
let talk: string;
let registered: RegisterAnswer;

beforeAll(async () => {
  stage = await openStage(CAST.ada, CAST.ben);
});
afterAll(() => stage?.close());
afterEach(async () => {
  const pages = stage.viewers.flatMap(({ context }) => context.pages());
  await Promise.all(pages.map((page) => page.close()));
});

test('E2E21: who talks on while the server starts again can block the other, for all cycles to come', async () => {
  const [ada, ben] = await talkWithoutServer('https://www.youtube.com/watch?v=dQw4w9WgXcQ');
  await stage.server.start();
  for (const seat of [ada, ben]) await seat.panel.sentence('2 people here').waitFor();
  await block(ada);
  await expectToStayApart(ada, ben);
});

test('E2E22: who blocks the other while there is no server, and closes the page, has blocked them', async () => {
  const [ada, ben] = await talkWithoutServer('https://www.youtube.com/watch?v=NoServer_01');
  await block(ada);
  await ada.page.close();
  await stage.server.start();
  const back = await takeSeat(ada.viewer, talk);
  await back.panel.enterLobby('Ada');
  await back.panel.pressReady();
  await expectToStayApart(back, ben);
});

/** The two have met at an event of their own, and the server is gone. */
async function talkWithoutServer(url: string): Promise<readonly [Seat, Seat]> {
  talk = url;
  const event = { title: 'Blocking', addresses: [{ url }], callSeconds: CALL_SECONDS };
  registered = await registerEvent(stage.server.url, event);
  const [ada, ben] = stage.viewers;
  const seats = [await takeSeat(ada, url), await takeSeat(ben, url)] as const;
  for (const { panel, viewer } of seats) await panel.enterLobby(viewer.person.name);
  for (const { panel } of seats) await panel.pressReady();
  await expectToMeet(...seats);
  await stage.server.stop();
  for (const { panel } of seats) await panel.sentence(texts.frame.reconnectingInCall).waitFor();
  return seats;
}

async function block({ panel }: Seat): Promise<void> {
  await panel.press(withName(texts.call.block, 'Ben'));
  await panel.sentence(withName(texts.afterCall.title.blocked, 'Ben')).waitFor();
}

/** Now, because they have met, and when the next cycle begins. */
async function expectToStayApart(...seats: readonly [Seat, Seat]): Promise<void> {
  for (const { panel } of seats)
    await panel.sentence(texts.waitingRoom.metEverybodyTitle).waitFor();
  expect(await changeEvent(stage.server.url, registered, { cycle: 2 })).toBe(200);
  for (const { panel } of seats) await panel.sentence(texts.waitingRoom.newCycle).waitFor();
  // All who may meet are paired in the moment in which a cycle begins.
  for (const { panel } of seats) {
    await panel.sentence(texts.waitingRoom.metEverybodyTitle).waitFor();
    expect(await panel.sentence(texts.call.timeLeft).count()).toBe(0);
  }
}
