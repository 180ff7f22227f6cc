import { networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AddressPrivacy } from '../../shared/protocol/wishes.ts';
import { launchViewer, type Viewer } from '../browser/launchViewer.ts';
import { CAST } from '../media/cast.ts';
import { registerEvent } from '../organizer/registerEvent.ts';
import { startFoyer, type FoyerServer } from '../server/startFoyer.ts';
import { expectToMeet } from '../stories/perceive.ts';
import { takeSeat, type Seat } from '../stories/takeSeat.ts';
import { startStreamSite, type StreamSite } from '../streamSite/startStreamSite.ts';
import { addressesIn } from './addressesIn.ts';
import { allReceived } from './allReceived.ts';
import { hasTurnServer } from './hasTurnServer.ts';
import { recordReceived } from './page/recordReceived.ts';
import { startLoopbackTurn, type LoopbackTurn } from './startLoopbackTurn.ts';

const EXTENSION_FOLDER = fileURLToPath(new URL('../../.output/chrome-mv3', import.meta.url));
/** Written by browsers into every description, whoever they are: no interface, and "not told". */
const CONSTANTS = ['0.0.0.0', '127.0.0.1'];

describe.skipIf(!hasTurnServer())('calls through a relay', () => {
  let turn: LoopbackTurn;
  let server: FoyerServer;
  let site: StreamSite;
  let viewers: Viewer[] = [];

  beforeAll(async () => {
    turn = await startLoopbackTurn();
    server = await startFoyer(turn.settings);
    site = await startStreamSite();
    viewers = await Promise.all(
      [CAST.ada, CAST.ben].map((person) =>
        launchViewer({ person, extensionFolder: EXTENSION_FOLDER, hosts: site.hosts }),
      ),
    );
    for (const viewer of viewers) {
      await viewer.setServer(server.url);
      await viewer.context.addInitScript(recordReceived);
    }
  });

  afterAll(async () => {
    await Promise.all(viewers.map((viewer) => viewer.close()));
    await Promise.all([server?.close(), site?.stop(), turn?.stop()]);
  });

  /** Both in a call that has sight and sound. */
  async function meet(
    talk: string,
    relayOnly: boolean,
    ...wishes: AddressPrivacy[]
  ): Promise<Seat[]> {
    const address = `https://www.youtube.com/watch?v=${talk}`;
    await registerEvent(server.url, { title: talk, addresses: [{ url: address }], relayOnly });
    const seats: Seat[] = [];
    for (const [index, viewer] of viewers.entries()) {
      const addressPrivacy = wishes[index] ?? 'whenPossible';
      await viewer.worker.evaluate((kept) => chrome.storage.local.set(kept), { addressPrivacy });
      const seat = await takeSeat(viewer, address);
      await seat.panel.enterLobby(viewer.person.name);
      seats.push(seat);
    }
    for (const { panel } of seats) await panel.pressReady();
    await expectToMeet(seats[0]!, seats[1]!);
    return seats;
  }

  async function leave(seats: readonly Seat[]): Promise<void> {
    await Promise.all(seats.map(({ page }) => page.close()));
  }

  const ownAddresses = () =>
    Object.values(networkInterfaces()).flatMap((all) =>
      (all ?? []).filter(({ internal }) => !internal).map(({ address }) => address.split('%')[0]),
    );

  test.each<[string, string, boolean, AddressPrivacy[]]>([
    ['by default', 'ByDefault_1', false, ['whenPossible', 'whenPossible']],
    ['where one insists', 'OneInsists1', false, ['never', 'always']],
    ['where the event demands it', 'EventSays_1', true, ['never', 'never']],
  ])(
    'SN21: %s two see and hear each other, and neither learns an address',
    async (_, talk, relayOnly, wishes) => {
      const seats = await meet(talk, relayOnly, ...wishes);
      for (const seat of seats) {
        const received = await allReceived(seat);
        expect(received).toContain('typ relay');
        const addresses = addressesIn(received);
        expect(addresses).toContain(turn.address);
        expect([...CONSTANTS, turn.address]).toEqual(expect.arrayContaining(addresses));
      }
      await leave(seats);
    },
  );

  test('SN21: where both allow it, they learn what would have been found otherwise, too', async () => {
    const seats = await meet('BothAllow_1', false, 'never', 'never');
    for (const seat of seats) {
      const addresses = addressesIn(await allReceived(seat));
      const known = addresses.filter(
        (one) => ownAddresses().includes(one) || one.endsWith('.local'),
      );
      expect(known).not.toEqual([]);
    }
    await leave(seats);
  });
});
