import { afterAll, beforeAll, expect, test } from 'vitest';
import texts from '../../extension/locales/en.json' with { type: 'json' };
import type { Viewer } from '../browser/launchViewer.ts';
import { CAST } from '../media/cast.ts';
import { registerEvent } from '../organizer/registerEvent.ts';
import { withName } from '../panel/drivePanel.ts';
import { openStage, type Stage } from '../stories/stage.ts';
import { takeSeat, type Seat } from '../stories/takeSeat.ts';

const TALK = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ';

let stage: Stage<readonly [Viewer, Viewer]>;

beforeAll(async () => {
  stage = await openStage({ ...CAST.cleo, refusesDevices: true }, CAST.ben);
  await registerEvent(stage.server.url, { title: 'Text only', addresses: [{ url: TALK }] });
});

afterAll(() => stage?.close());

async function write({ place }: Seat, to: string, line: string): Promise<void> {
  const field = place.getByLabel(withName(texts.call.chat.label, to), { exact: true });
  await field.fill(line);
  await field.press('Enter');
}

const log = ({ place }: Seat) => place.getByRole('log', { name: texts.call.chat.log });

test('DV20: who has neither camera nor microphone meets somebody all the same, and they write', async () => {
  const [first, second] = stage.viewers;
  const cleo = await takeSeat(first, TALK);
  await cleo.panel.giveName('Cleo');
  await cleo.panel.press(texts.greenRoom.enterWithoutBoth);
  await cleo.panel.pressReady();
  const ben = await takeSeat(second, TALK);
  await ben.panel.enterLobby('Ben');
  await ben.panel.pressReady();

  await write(cleo, 'Ben', 'Hello, I have no camera today');
  await log(ben).getByText('Hello, I have no camera today').waitFor();
  await write(ben, 'Cleo', '<b>No problem</b>');
  await log(cleo).getByText('<b>No problem</b>').waitFor();
  expect(await log(cleo).locator('b').count()).toBe(0);

  await ben.panel.press(texts.call.chat.close);
  await log(ben).waitFor({ state: 'detached' });
  await ben.panel.press(texts.call.chat.open);
  await log(ben).getByText('Hello, I have no camera today').waitFor();
});

test('E2E17: no page complains meanwhile', () => {
  expect(stage.problems()).toEqual([]);
});
