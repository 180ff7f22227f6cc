import { afterAll, beforeAll, expect, test } from 'vitest';
import texts from '../../extension/locales/en.json' with { type: 'json' };
import type { Viewer } from '../browser/launchViewer.ts';
import { CAST } from '../media/cast.ts';
import { registerEvent } from '../organizer/registerEvent.ts';
import { openStageWith, type Stage } from './stage.ts';
import { takeSeat } from './takeSeat.ts';

const TALK = 'https://www.youtube.com/watch?v=CrowdedDoor';
/** So many at once, and then one in ten seconds. */
const PER_MINUTE = 6;
const ROOM_IN = /^There is room for you in (\d+) s\.$/u;

let stage: Stage<readonly [Viewer]>;

beforeAll(async () => {
  stage = await openStageWith({ FOYER_RATE_PER_MINUTE: String(PER_MINUTE) }, [CAST.ada] as const);
});
afterAll(() => stage?.close());

/** Requests that come to nothing are counted as well. */
async function crowdTheDoor(eventId: string): Promise<void> {
  const join = `${stage.server.url}/api/events/${eventId}/join`;
  await Promise.all(Array.from({ length: PER_MINUTE }, () => fetch(join, { method: 'POST' })));
}

test('E2E23: who comes in behind many of the same network reads when it is their turn, and then is in', async () => {
  const { event } = await registerEvent(stage.server.url, {
    title: 'A full hall',
    addresses: [{ url: TALK }],
  });
  const seat = await takeSeat(stage.viewers[0], TALK);
  await seat.panel.giveName('Ada');
  await seat.place.getByRole('button', { name: texts.greenRoom.enter }).waitFor();
  await crowdTheDoor(event.eventId);
  await seat.panel.press(texts.greenRoom.enter);
  await seat.panel.sentence(texts.stopped.crowded.title).waitFor();
  const told = ROOM_IN.exec((await seat.place.getByText(ROOM_IN).textContent()) ?? '');
  // A panel that did not hear the server's word would come again within half a second, and then each five.
  expect(Number(told?.[1])).toBeGreaterThan(5);
  expect(Number(told?.[1])).toBeLessThanOrEqual(11);
  await seat.panel.sentence('1 person here').waitFor();
});
