import { afterAll, beforeAll, expect, test } from 'vitest';
import texts from '../../extension/locales/en.json' with { type: 'json' };
import { CAST } from '../media/cast.ts';
import { registerEvent } from '../organizer/registerEvent.ts';
import type { Viewer } from '../browser/launchViewer.ts';
import { badgeOf } from './badgeOf.ts';
import { expectToMeet, SOON } from './perceive.ts';
import { openStage, type Stage } from './stage.ts';
import { seatOn, takeSeat, type Seat } from './takeSeat.ts';

const TITLE = 'Building for the hallway';
const WATCH_PAGE = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=42s';
const TALK_TO_TALK_ABOUT = 'https://www.youtube.com/watch?v=TalkAbout_1';
const SHORT_LINK = 'https://youtu.be/dQw4w9WgXcQ?si=abc';

let stage: Stage<readonly [Viewer, Viewer]>;

beforeAll(async () => {
  stage = await openStage(CAST.ada, CAST.ben);
  const addresses = [{ url: WATCH_PAGE }];
  await registerEvent(stage.server.url, { title: TITLE, addresses });
});

afterAll(() => stage?.close());

/** Comes in by the door at the page's edge, which is named after the event. */
async function comeInByLauncher(viewer: Viewer, address: string): Promise<Seat> {
  const page = await viewer.context.newPage();
  await page.goto(address);
  await page.getByRole('button', { name: `Open Foyer: ${TITLE}.` }).click();
  return seatOn(viewer, page);
}

test('E2E8: two people on two addresses of one talk meet, and see and hear each other', async () => {
  const [ada, ben] = stage.viewers;
  const adasSeat = await comeInByLauncher(ada, WATCH_PAGE);
  await adasSeat.panel.enterLobby('Ada');
  await expect.poll(() => badgeOf(adasSeat), SOON).toBe('1');

  const bensSeat = await comeInByLauncher(ben, SHORT_LINK);
  await bensSeat.panel.enterLobby('Ben');
  await expect.poll(() => badgeOf(adasSeat), SOON).toBe('2');
  await expect.poll(() => badgeOf(bensSeat), SOON).toBe('2');

  await adasSeat.panel.pressReady();
  await bensSeat.panel.pressReady();
  await expectToMeet(adasSeat, bensSeat);
  await Promise.all([adasSeat.page.close(), bensSeat.page.close()]);
});

test('E2E8: no launcher and no number stand where there is no event', async () => {
  const seat = await takeSeat(stage.viewers[0], 'https://www.youtube.com/watch?v=NextTalk_42');
  await seat.place.getByRole('heading', { name: 'No lobby here yet' }).waitFor();
  expect(await seat.page.getByRole('button', { name: 'Open Foyer' }).count()).toBe(0);
  expect(await badgeOf(seat)).toBe('');
  await seat.page.close();
});

/** Names what they like to talk about, and comes in. */
async function comeInLiking(viewer: Viewer, interests: string): Promise<Seat> {
  const seat = await takeSeat(viewer, TALK_TO_TALK_ABOUT);
  await seat.place.getByText(texts.about.title, { exact: true }).click();
  await seat.place.getByLabel(texts.about.interests, { exact: true }).fill(interests);
  await seat.panel.enterLobby(viewer.person.name);
  await seat.panel.sentence('2 people here').waitFor(SOON);
  return seat;
}

test('E2E20: two who named the same interest read in their call what they can talk about', async () => {
  const addresses = [{ url: TALK_TO_TALK_ABOUT }];
  await registerEvent(stage.server.url, { title: 'A talk to talk about', addresses });
  const [ada, ben] = stage.viewers;
  const seats = await Promise.all([
    comeInLiking(ada, 'Chess, Hallway tracks'),
    comeInLiking(ben, 'gardening, hallway tracks'),
  ]);
  for (const { panel } of seats) await panel.pressReady();
  await expectToMeet(...seats);
  const topic = texts.call.topic.replace('{topics}', 'hallway tracks');
  for (const { panel } of seats) await panel.sentence(topic).waitFor(SOON);
  await Promise.all(seats.map(({ page }) => page.close()));
});

test('E2E17: no page complains meanwhile', () => {
  expect(stage.problems()).toEqual([]);
});
