import { setTimeout as lasting } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import texts from '../../extension/locales/en.json' with { type: 'json' };
import { withName } from '../panel/drivePanel.ts';
import {
  asPartner,
  expectToHear,
  expectToSee,
  expectToSeeEachOther,
  SOON,
} from '../stories/perceive.ts';
import type { Seat } from '../stories/takeSeat.ts';
import { canLayNetwork } from './canLayNetwork.ts';
import type { HostName } from './layNetwork.ts';
import { meet } from './meet.ts';
import { openPlace, type Place } from './openPlace.ts';

const { status } = texts.connection;
/** A stall is found 1.25 s after the last byte; two busy cores carry both homes and the servers. */
const FOUND_MS = 3_000;
/** A stall as above, and up to 1.25 s until the other side has looked twice. */
const SAID_MS = 5_000;
/** Until the next restart, where the one during the outage was of no use. */
const BACK_MS = 10_000;

describe.skipIf(!canLayNetwork())('what the partner’s picture says', () => {
  let place: Place;
  let seats: Readonly<Record<HostName, Seat>>;

  beforeAll(async () => {
    place = await openPlace('withoutTurn');
    place.network.setNat('cone');
  });

  afterAll(() => place?.close());

  /** A sentence for eyes and one for screen readers are the same; the second is in a status. */
  const said = (seat: Seat, sentence: string) =>
    seat.place.getByRole('status').filter({ hasText: sentence });

  test('SM31: nothing is said of a connection that holds', async () => {
    seats = await meet(place, 'withoutTurn');
    for (const sentence of Object.values(status)) {
      expect(await said(seats.ada, withName(sentence, 'Ben')).count()).toBe(0);
    }
  });

  test('SM31: an outage is said on both sides within seconds, and that it is over', async () => {
    const { ada } = place.network.routers;
    await ada.dropAll();
    await Promise.all([
      said(seats.ada, withName(status.reconnecting, 'Ben')).waitFor({
        state: 'attached',
        timeout: FOUND_MS,
      }),
      said(seats.ben, withName(status.reconnecting, 'Ada')).waitFor({
        state: 'attached',
        timeout: FOUND_MS,
      }),
    ]);
    await lasting(2_000);
    await ada.heal();
    const still = [
      said(seats.ada, withName(status.reconnecting, 'Ben')),
      said(seats.ben, withName(status.reconnecting, 'Ada')),
    ];
    await Promise.all(still.map((words) => words.waitFor({ state: 'detached', timeout: BACK_MS })));
    await expectToSeeEachOther(seats.ada, seats.ben);
  });

  test('SM33: who is not heard reads it while it is so, and hears and sees the other meanwhile', async () => {
    const { ben } = place.network.routers;
    const deaf = said(seats.ada, withName(status.partnerHearsNothing, 'Ben'));
    await ben.dropIncomingUdp();
    await deaf.waitFor({ state: 'attached', timeout: SAID_MS });
    const partner = asPartner(seats.ben.viewer.person);
    await expectToSee(seats.ada, partner);
    await expectToHear(seats.ada, partner);
    await ben.heal();
    await deaf.waitFor({ state: 'detached', timeout: BACK_MS });
    await expectToSeeEachOther(seats.ada, seats.ben);
  });

  test('SM31: heavy loss is said in other words, and starts no repair', async () => {
    const { ada } = place.network.routers;
    await ada.lose(0.3);
    await expect
      .poll(async () => {
        const weak = await said(seats.ben, withName(status.partnerWeak, 'Ada')).count();
        const own = await said(seats.ben, withName(status.ownWeak, 'Ada')).count();
        return weak + own;
      }, SOON)
      .toBe(1);
    await ada.heal();
  });
});
