import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page, Request } from 'playwright-core';
import texts from '../../extension/locales/en.json' with { type: 'json' };
import type { Viewer } from '../browser/launchViewer.ts';
import { CAST } from '../media/cast.ts';
import { openSite } from '../organizer/openSite.ts';
import { expectToMeet } from './perceive.ts';
import { openStage, type Stage } from './stage.ts';
import { seatOn, takeSeat } from './takeSeat.ts';

const TITLE = 'Closing keynote';
const CONFERENCE_PAGE = 'https://conf.example/keynote';
const STREAM_PAGE = 'https://www.youtube.com/watch?v=KeynoteTalk';
const PRIVATE_PAGE = 'https://conf.example/rehearsal';

let stage: Stage<readonly [Viewer, Viewer]>;

beforeAll(async () => {
  stage = await openStage(CAST.ada, CAST.ben);
});

afterAll(() => stage?.close());

async function registerThroughForm(...addresses: string[]): Promise<void> {
  const site = await openSite(stage.server.url);
  try {
    const { page, complaints } = await site.open('/organize');
    await page.getByLabel('Title of the event').fill(TITLE);
    for (const [index, address] of addresses.entries()) {
      if (index > 0) await page.getByRole('button', { name: 'Add another address' }).click();
      await page.getByLabel(`Address ${index + 1}`, { exact: true }).fill(address);
    }
    await page.getByRole('button', { name: 'Register the event' }).click();
    await page.getByRole('heading', { name: `“${TITLE}” is registered` }).waitFor();
    expect(complaints).toEqual([]);
  } finally {
    await site.close();
  }
}

/** Everything about the page's own loads that an invite could leak through. */
function traces(page: Page, of: readonly Request[]): Promise<string> {
  const sent = of.map((request) => JSON.stringify([request.url(), request.headers()]));
  return page.evaluate(
    (requests) =>
      JSON.stringify([
        location.href,
        document.referrer,
        document.documentElement.outerHTML,
        performance.getEntries().map(({ name }) => name),
        Object.entries(history.state ?? {}),
        ...requests,
      ]),
    sent,
  );
}

test('E2E13: an organizer registers two pages, and a viewer of the second is in that lobby', async () => {
  await registerThroughForm(CONFERENCE_PAGE, STREAM_PAGE);
  const [ada, ben] = stage.viewers;
  const adas = await takeSeat(ada, CONFERENCE_PAGE);
  const bens = await takeSeat(ben, STREAM_PAGE);
  for (const { place } of [adas, bens]) await place.getByText(TITLE).first().waitFor();
  await adas.panel.enterLobby('Ada');
  await bens.panel.enterLobby('Ben');
  for (const { panel } of [adas, bens]) await panel.sentence('2 people here').waitFor();
  await Promise.all([adas.page.close(), bens.page.close()]);
});

test('E2E13: an invite link brings a second person into a group, and its page learns nothing', async () => {
  const [ada, ben] = stage.viewers;
  const host = await takeSeat(ada, PRIVATE_PAGE);
  await host.panel.press(texts.unknownEvent.openGroupForm);
  await host.place.getByLabel(texts.unknownEvent.groupName).fill('The rehearsal');
  await host.panel.press(texts.unknownEvent.startGroup);
  const inviteUrl = await host.place.getByLabel(texts.groupCreated.link).inputValue();
  const token = new URL(inviteUrl).hash.slice(1);
  expect(token).not.toBe('');
  await host.panel.press(texts.groupCreated.enter);
  await host.panel.enterLobby('Ada');

  const page = await ben.context.newPage();
  const requests: Request[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(stage.server.url)) requests.push(request);
  });
  await page.goto(inviteUrl);
  const guest = await seatOn(ben, page);
  expect(page.url()).toBe(PRIVATE_PAGE);
  expect(requests.length).toBeGreaterThan(0);
  await guest.place.getByText('The rehearsal').first().waitFor();
  await guest.panel.enterLobby('Ben');
  for (const { panel } of [host, guest]) await panel.pressReady();
  await expectToMeet(host, guest);
  expect(await traces(page, requests)).not.toContain(token);
  await Promise.all([host.page.close(), page.close()]);
});

test('E2E17: no page complains meanwhile', () => {
  expect(stage.problems()).toEqual([]);
});
