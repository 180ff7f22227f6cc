import { setTimeout as lasting } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import texts from '../../extension/locales/en.json' with { type: 'json' };
import { withName } from '../panel/drivePanel.ts';
import { expectToMeet } from '../stories/perceive.ts';
import { canLayNetwork } from './canLayNetwork.ts';
import { beginStory, type Conversation } from './conversation.ts';
import { meet } from './meet.ts';
import { openPlace, type Place } from './openPlace.ts';
import { recordPair } from './recordPair.ts';
import { sitDownAlone } from './sitDown.ts';
import type { ServerName } from './startServices.ts';
import { longestPause } from './timeline.ts';
import type { Story } from './writeTimeline.ts';

/** A call does not need the server: what a busy machine hides of it is shorter than this. */
const UNNOTICED_MS = 1_500;
/** A relay that is gone for 3 s, the restart that finds it again, and its pace. */
const RELAYED_AGAIN_MS = 15_000;
/** Nobody says that a machine has died: its silence does. */
const ALONE_MS = 15_000;

describe.skipIf(!canLayNetwork())('a call around which something dies', () => {
  let place: Place;

  beforeAll(async () => {
    place = await openPlace('withoutTurn', 'withTurn');
  });

  afterAll(() => place?.close());

  beforeEach(() => place.network.heal());

  async function tellStory(
    story: Story,
    server: ServerName,
    play: (call: Conversation) => Promise<void>,
  ) {
    const call = await beginStory(await recordPair(await meet(place, server)), story);
    await play(call);
    await call.tell();
  }

  test('NW10: a server that is killed and started again is not noticed in the picture', () => {
    place.network.setNat('cone');
    const story = {
      name: 'server-killed',
      title: 'The server is killed and started again',
      about: 'Lobby and broker are one process; it ends without a word, with kill -9.',
    };
    return tellStory(story, 'withoutTurn', async ({ fault, both }) => {
      const server = place.server('withoutTurn');
      const at = await fault('the server is killed', () => server.crash());
      for (const { seat } of both)
        await seat.panel.sentence(texts.frame.reconnectingInCall).waitFor();
      await fault('the server starts again', () => server.start());
      for (const { seat } of both) {
        const sentence = seat.panel.sentence(texts.frame.reconnectingInCall);
        await sentence.waitFor({ state: 'detached' });
        await seat.panel.sentence('2 people here').waitFor();
      }
      for (const side of both)
        expect(longestPause(await side.read(), at)).toBeLessThan(UNNOTICED_MS);
      await expectToMeet(both[0].seat, both[1].seat);
    });
  });

  test('NW11: when the relay dies and comes back, so does the call', () => {
    place.network.setNat('symmetric');
    const story = {
      name: 'relay-killed',
      title: 'The relay is killed and started again',
      about: 'Both are behind symmetric NATs, so the call goes through coturn; it is gone for 3 s.',
    };
    return tellStory(story, 'withTurn', async ({ fault, expectBack }) => {
      await fault('the relay is killed', () => place.turn.crash());
      await lasting(3_000);
      await fault('the relay starts again', () => place.turn.start());
      await expectBack('thaw', Date.now(), RELAYED_AGAIN_MS);
    });
  });

  test('NW12: whose partner’s browser is killed reads it, and meets the next one', () => {
    place.network.setNat('cone');
    const story = {
      name: 'browser-killed',
      title: "The partner's browser is killed",
      about: "All of Ben's browser ends without a word, with kill -9.",
    };
    return tellStory(story, 'withoutTurn', async ({ fault, ada }) => {
      await fault("Ben's browser is killed", () => place.network.crash('ben'));
      const reason = withName(texts.waitingRoom.connectionLost, 'Ben');
      await ada.seat.panel.sentence(reason).waitFor({ timeout: ALONE_MS });
      await place.relaunch('ben');
      const next = await sitDownAlone(place, 'ben', 'withoutTurn');
      await next.panel.pressReady();
      await expectToMeet(ada.seat, next);
    });
  });
});
