import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import texts from '../../extension/locales/en.json' with { type: 'json' };
import { withName } from '../panel/drivePanel.ts';
import { whenShown } from '../stories/whenShown.ts';
import { canLayNetwork } from './canLayNetwork.ts';
import { openPlace, type Place } from './openPlace.ts';
import { selectedPair } from './selectedPair.ts';
import { meet } from './meet.ts';
import { sitDown } from './sitDown.ts';

/** Who cannot be connected reads why within this time, all that comes before the match included. */
const TOLD_MS = 8_000;

describe.skipIf(!canLayNetwork())('over real networks', () => {
  let place: Place;

  beforeAll(async () => {
    place = await openPlace('withoutTurn', 'withTurn');
  });

  afterAll(() => place?.close());

  beforeEach(() => place.network.heal());

  async function expectToBeTold(): Promise<void> {
    const { ada, ben } = await sitDown(place, 'withoutTurn');
    const told = [
      await whenShown(ada.place, withName(texts.waitingRoom.connectFailed, 'Ben')),
      await whenShown(ben.place, withName(texts.waitingRoom.connectFailed, 'Ada')),
    ];
    await ada.panel.pressReady();
    const readyAt = Date.now();
    await ben.panel.pressReady();
    for (const toldAt of told) expect((await toldAt()) - readyAt).toBeLessThan(TOLD_MS);
    // The two have met everybody who is here, so no title promises anybody.
    for (const { place } of [ada, ben])
      await place.getByRole('button', { name: texts.waitingRoom.notReady, exact: true }).waitFor();
  }

  test('NW1: two who can reach each other meet without a relay', async () => {
    place.network.setNat('cone');
    const { ada, ben } = await meet(place, 'withoutTurn');
    for (const seat of [ada, ben]) {
      const pair = await selectedPair(seat);
      expect([pair?.local, pair?.remote]).not.toContain('relay');
    }
  });

  test('NW2: behind symmetric NATs without a relay both read why within 8 s, and wait again', async () => {
    place.network.setNat('symmetric');
    await expectToBeTold();
  });

  test('NW2: the same where one network lets no UDP out', async () => {
    place.network.setNat('cone');
    place.network.routers.ada.blockUdp();
    await expectToBeTold();
  });

  test('NW3: behind symmetric NATs a relay carries picture and sound both ways', async () => {
    place.network.setNat('symmetric');
    const { ada, ben } = await meet(place, 'withTurn');
    for (const seat of [ada, ben]) {
      const pair = await selectedPair(seat);
      expect([pair?.local, pair?.remote]).toContain('relay');
    }
  });

  test('NW4: where no UDP gets out, the relay is reached over TCP', async () => {
    place.network.setNat('cone');
    place.network.routers.ada.blockUdp();
    const { ada } = await meet(place, 'withTurn');
    expect(await selectedPair(ada)).toMatchObject({ local: 'relay', relayProtocol: 'tcp' });
  });
});
