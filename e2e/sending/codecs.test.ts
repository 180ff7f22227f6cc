import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import texts from '../../extension/locales/en.json' with { type: 'json' };
import type { Viewer } from '../browser/launchViewer.ts';
import { CAST } from '../media/cast.ts';
import { registerEvent } from '../organizer/registerEvent.ts';
import { withName } from '../panel/drivePanel.ts';
import { asPartner, expectToHear, expectToMeet, SOON } from '../stories/perceive.ts';
import { openStage, type Stage } from '../stories/stage.ts';
import { seatOn, type Seat } from '../stories/takeSeat.ts';
import { claimHardware } from './page/claimHardware.ts';
import { limitCodecs } from './page/limitCodecs.ts';
import { recordReceived } from './page/recordReceived.ts';
import { whatIsSent } from './whatIsSent.ts';

/** The fake microphone's tone takes 60 bytes a packet alone; with its predecessor about 120. */
const REDUNDANT_BYTES = 90;

let stage: Stage<readonly [Viewer, Viewer]>;

beforeAll(async () => {
  stage = await openStage(CAST.ada, CAST.ben);
});

afterAll(() => stage?.close());

let seats: Seat[] = [];
afterEach(async () => {
  await Promise.all(seats.map(({ page }) => page.close()));
  seats = [];
});

/** Both press Ready, each in a browser that its page's scripts have made a special one. */
async function pair(talk: string, ...prepare: ((page: Page) => Promise<unknown>)[]) {
  const address = `https://www.youtube.com/watch?v=${talk}`;
  await registerEvent(stage.server.url, { title: talk, addresses: [{ url: address }] });
  for (const [index, viewer] of stage.viewers.entries()) {
    const page = await viewer.context.newPage();
    await page.addInitScript(recordReceived);
    await prepare[index]?.(page);
    await page.goto(address);
    await viewer.pressToolbarButton(page);
    const seat = await seatOn(viewer, page);
    await seat.panel.enterLobby(viewer.person.name);
    seats.push(seat);
  }
  for (const { panel } of seats) await panel.pressReady();
  return [seats[0]!, seats[1]!] as const;
}

const withHardwareFor = (codec: string) => (page: Page) => page.addInitScript(claimHardware, codec);
const withOnly = (codec: string) => (page: Page) => page.addInitScript(limitCodecs, codec);

test.each([
  ['VP8', 'two plain machines', 'PlainTwo_01', []],
  ['VP9', 'two with hardware for it', 'HardwareVP9', ['VP9', 'VP9']],
  ['VP8', 'one with hardware and one without', 'OneHardware', ['VP9']],
] as const)(
  'SN22: %s is sent both ways by %s, and redundant sound',
  async (codec, _, talk, hardware) => {
    const [ada, ben] = await pair(talk, ...hardware.map(withHardwareFor));
    await expectToMeet(ada, ben);
    for (const seat of [ada, ben]) {
      const sent = await whatIsSent(seat);
      expect(sent.video).toBe(`video/${codec}`);
      expect(sent.bytesPerSoundPacket).toBeGreaterThan(REDUNDANT_BYTES);
    }
  },
);

test('SN23: two without a common codec hear each other, and are told why they see nothing', async () => {
  const [ada, ben] = await pair('NoCommon_01', withOnly('VP8'), withOnly('H264'));
  for (const [seat, partner] of [
    [ada, CAST.ben],
    [ben, CAST.ada],
  ] as const) {
    await expectToHear(seat, asPartner(partner));
    await seat.panel
      .sentence(withName(texts.call.soundOnly, partner.name))
      .waitFor({ timeout: SOON.timeout });
    expect((await whatIsSent(seat)).video).toBe('');
  }
});

test('SN23: two with one codec in common see each other, whatever it is', async () => {
  const [ada, ben] = await pair('OnlyH264_01', withOnly('H264'), withOnly('H264'));
  await expectToMeet(ada, ben);
  expect((await whatIsSent(ada)).video).toBe('video/H264');
});
