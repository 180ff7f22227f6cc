import { afterAll, beforeAll, expect, test } from 'vitest';
import texts from '../../extension/locales/en.json' with { type: 'json' };
import type { Viewer } from '../browser/launchViewer.ts';
import { CAST } from '../media/cast.ts';
import { registerEvent } from '../organizer/registerEvent.ts';
import { openStage, type Stage } from '../stories/stage.ts';
import { takeSeat } from '../stories/takeSeat.ts';

const ADDRESS = 'https://www.youtube.com/watch?v=NoRelayHere';

/** Its server has no relay. */
let stage: Stage<readonly [Viewer]>;

beforeAll(async () => {
  stage = await openStage(CAST.ada);
  await registerEvent(stage.server.url, { title: 'A talk', addresses: [{ url: ADDRESS }] });
});

afterAll(() => stage?.close());

test('SN19: who hides their address always reads why nobody comes, and can change it at once', async () => {
  const [ada] = stage.viewers;
  const { addressPrivacy, waitingRoom } = texts;
  const options = await ada.context.newPage();
  await options.goto(`chrome-extension://${ada.extensionId}/options.html`);
  const choose = async (label: string) => {
    await options.bringToFront();
    await options.getByRole('radio', { name: label }).check();
    await options.getByText(addressPrivacy.saved).waitFor();
  };
  expect(
    await options.getByRole('radio', { name: addressPrivacy.whenPossible.label }).isChecked(),
  ).toBe(true);
  await choose(addressPrivacy.always.label);

  const { page, place, panel } = await takeSeat(ada, ADDRESS);
  await panel.enterLobby('Ada');
  await panel.sentence(waitingRoom.noRelay).waitFor();
  const ready = place.getByRole('button', { name: waitingRoom.ready, exact: true });
  expect(await ready.count()).toBe(0);

  await choose(addressPrivacy.whenPossible.label);
  await page.bringToFront();
  await ready.waitFor();
  expect(await panel.sentence(waitingRoom.noRelay).count()).toBe(0);
});
