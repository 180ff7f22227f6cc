import { setTimeout as lasting } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import texts from '../../extension/locales/en.json' with { type: 'json' };
import { withName } from '../panel/drivePanel.ts';
import { asPartner, expectToHear } from '../stories/perceive.ts';
import { canLayNetwork } from './canLayNetwork.ts';
import { beginStory, type Conversation } from './conversation.ts';
import { meet } from './meet.ts';
import { openPlace, type Place } from './openPlace.ts';
import { recordPair, type RecordedPair } from './recordPair.ts';
import type { RecordedSeat } from './recordSeat.ts';
import { longestPause } from './timeline.ts';
import type { Story } from './writeTimeline.ts';

/** Generous, because two cores carry everything; bench/recovery measures. */
const BACK_MS = 5_000;
/** An address change costs the way to the lobby as well. */
const MOVED_BACK_MS = 12_000;
/** The picture recovers within this time after a cap is lifted. */
const UNCAPPED_MS = 10_000;
/** What is left of a flow is shown until the buffers are empty. */
const LEFTOVERS_MS = 300;

describe.skipIf(!canLayNetwork())('a call whose network fails', () => {
  let place: Place;
  let pair: RecordedPair | null = null;

  beforeAll(async () => {
    place = await openPlace('withoutTurn');
    place.network.setNat('cone');
  });

  afterAll(() => place?.close());

  afterEach(({ task }) => {
    place.network.heal();
    // Whatever a failed story left behind is not for the next one.
    if (task.result?.state === 'fail') pair = null;
  });

  /** In the call of the story before, or in a new one: to meet takes seconds. */
  async function tellStory(story: Story, play: (call: Conversation) => Promise<void>) {
    pair ??= await recordPair(await meet(place, 'withoutTurn'));
    const call = await beginStory(pair, story);
    await play(call);
    await call.tell();
  }

  /** What the lobby kept during the outage is no news. */
  async function saysDeaf({ partner, read }: RecordedSeat, since: number): Promise<boolean> {
    const sentence = withName(texts.connection.status.partnerHearsNothing, partner.name);
    return (await read()).words.some(({ at, text }) => at > since && text === sentence);
  }

  test.each([3, 8, 20])('NW5: %i s without any network, and the pictures are back', (seconds) =>
    tellStory(
      {
        name: `outage-${seconds}s`,
        title: `Nothing gets through for ${seconds} s`,
        about: "Ada's router drops every packet of the call and of the lobby, in both directions.",
      },
      async ({ fault, expectBack, both }) => {
        const { ada } = place.network.routers;
        await fault("nothing gets through Ada's router", () => ada.dropAll());
        await lasting(seconds * 1_000);
        const healedAt = await fault('everything gets through again', () => ada.heal());
        await expectBack('picture', healedAt, BACK_MS);
        for (const side of both) {
          await side.repaired();
          expect(await saysDeaf(side, healedAt)).toBe(false);
        }
      },
    ),
  );

  test.each([2, 10, 30])('NW6: %i percent of loss start no repair and end no call', (percent) =>
    tellStory(
      {
        name: `loss-${percent}-percent`,
        title: `${percent} % of the packets are lost`,
        about: `Ada's router loses ${percent} % of all packets, in both directions, for 8 s.`,
      },
      async (call) => {
        const { ada } = place.network.routers;
        const since = await call.fault(`${percent} % of the packets are lost`, () =>
          ada.lose(percent / 100),
        );
        await lasting(8_000);
        await call.fault('nothing is lost any more', () => ada.heal());
        for (const side of call.both) {
          expect(longestPause(await side.read(), since)).toBeLessThan(BACK_MS);
          await side.flowing();
        }
        await call.expectNoRestart(since);
      },
    ),
  );

  test('NW7: a dead flow is replaced by a living one', () =>
    tellStory(
      {
        name: 'dead-flow',
        title: 'A dead flow',
        about: "Ben's router drops every UDP flow that it knew, for good; new ones work.",
      },
      async ({ fault, expectBack }) => {
        const { ben } = place.network.routers;
        const at = await fault("Ben's router forgets its flows", () => ben.killFlows());
        await expectBack('thaw', at + LEFTOVERS_MS, BACK_MS);
      },
    ));

  test('NW8: on a narrow uplink the voice stays, and the picture recovers within 10 s after it', () =>
    tellStory(
      {
        name: 'narrow-uplink',
        title: 'An uplink of 80 kbit/s',
        about: "What leaves Ada's router is held to 80 kbit/s for 12 s.",
      },
      async ({ fault, ada, ben }) => {
        const { network } = place;
        await fault("80 kbit/s leave Ada's router", () => network.routers.ada.capUplink(80));
        for (let listened = 0; listened < 3; listened += 1) {
          await lasting(4_000);
          await expectToHear(ben.seat, asPartner(ada.seat.viewer.person));
        }
        const liftedAt = await fault('the cap is lifted', () => network.routers.ada.heal());
        await ben.flowing(UNCAPPED_MS);
        expect(await ben.pictureAfter(liftedAt, UNCAPPED_MS)).not.toBeNull();
      },
    ));

  test('NW9: a changed address costs seconds, not the call', () =>
    tellStory(
      {
        name: 'changed-address',
        title: 'Another address',
        about: "Ada's machine gets another address from its router.",
      },
      async ({ fault, expectBack }) => {
        const at = await fault("Ada's address changes", () => place.network.changeAddress('ada'));
        await expectBack('thaw', at + LEFTOVERS_MS, MOVED_BACK_MS);
      },
    ));
});
