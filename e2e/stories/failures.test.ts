import { afterAll, beforeAll, expect, test } from 'vitest';
import texts from '../../extension/locales/en.json' with { type: 'json' };
import type { RegisterAnswer } from '../../shared/protocol/http.ts';
import type { Viewer } from '../browser/launchViewer.ts';
import { CAST } from '../media/cast.ts';
import { changeEvent } from '../organizer/changeEvent.ts';
import { registerEvent } from '../organizer/registerEvent.ts';
import { expectToHear, expectToSee, asPartner } from './perceive.ts';
import { openStage, type Stage } from './stage.ts';
import { takeSeat } from './takeSeat.ts';

const TALK = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ';
const SHORT_LINK = 'https://youtu.be/dQw4w9WgXcQ';

let stage: Stage<readonly [Viewer, Viewer, Viewer]>;
let registered: RegisterAnswer;

beforeAll(async () => {
  stage = await openStage(CAST.ada, CAST.ben, { ...CAST.cleo, refusesDevices: true });
  registered = await registerEvent(stage.server.url, {
    title: 'What can go wrong',
    addresses: [{ url: TALK }],
  });
});

afterAll(() => stage?.close());

test('E2E16: who opens Foyer in a second tab is told so in the first, and can come back', async () => {
  const [ada] = stage.viewers;
  const first = await takeSeat(ada, TALK);
  await first.panel.enterLobby('Ada');
  await first.panel.sentence('1 person here').waitFor();
  const second = await takeSeat(ada, SHORT_LINK);
  await second.panel.enterLobby('Ada');
  await first.panel.sentence(texts.stopped.openElsewhere.title).waitFor();
  await second.panel.sentence('1 person here').waitFor();
  await first.panel.press(texts.stopped.useHere);
  await second.panel.sentence(texts.stopped.openElsewhere.title).waitFor();
  await first.panel.sentence('1 person here').waitFor();
  await Promise.all([first.page.close(), second.page.close()]);
});

test('E2E16: who refuses the camera is told the way out, and can meet people without it', async () => {
  const [, ben, cleo] = stage.viewers;
  const cleos = await takeSeat(cleo, TALK);
  await cleos.panel.giveName('Cleo');
  await cleos.panel.sentence(texts.mediaProblem.both.denied).waitFor();
  await cleos.panel.sentence(texts.mediaProblem.deniedWithSettings).waitFor();
  await cleos.panel.press(texts.greenRoom.enterWithoutBoth);
  await cleos.panel.pressReady();
  const bens = await takeSeat(ben, SHORT_LINK);
  await bens.panel.enterLobby('Ben');
  await bens.panel.pressReady();
  await expectToSee(cleos, asPartner(CAST.ben));
  await expectToHear(cleos, asPartner(CAST.ben));
  // Screen readers are told the same beside it.
  await bens.panel.sentence("Cleo's camera is off").first().waitFor();
  await Promise.all([cleos.page.close(), bens.page.close()]);
});

test('E2E16: a panel without a server says so, and comes in by itself once there is one', async () => {
  const [, ben] = stage.viewers;
  await stage.server.stop();
  const seat = await takeSeat(ben, TALK);
  await seat.panel.sentence(texts.stopped.noServer.title).waitFor();
  await stage.server.start();
  await seat.place.getByLabel(texts.nameForm.label, { exact: true }).waitFor();
  await seat.panel.giveName('Ben');
  await seat.place.getByRole('button', { name: texts.greenRoom.enter }).waitFor();
  await stage.server.stop();
  await seat.panel.press(texts.greenRoom.enter);
  await seat.panel.sentence(texts.stopped.noServer.title).waitFor();
  await stage.server.start();
  await seat.panel.sentence('1 person here').waitFor();
  await seat.page.close();
});

test('E2E16: when the owner closes the event, the people in it are told, and later ones at the door', async () => {
  const [, ben] = stage.viewers;
  const inside = await takeSeat(ben, TALK);
  await inside.panel.enterLobby('Ben');
  await inside.panel.sentence('1 person here').waitFor();
  expect(await changeEvent(stage.server.url, registered, { closed: true })).toBe(200);
  await inside.panel.sentence(texts.stopped.lobbyClosed.title).waitFor();
  await inside.panel.press(texts.stopped.lookAgain);
  await inside.panel.sentence(texts.nameForm.closedTitle).waitFor();
});

test('E2E17: no page complains of anything but the server that was away', () => {
  const isAway = (problem: string) => /ERR_CONNECTION_(REFUSED|RESET)/.test(problem);
  expect(stage.problems().filter((problem) => !isAway(problem))).toEqual([]);
});
