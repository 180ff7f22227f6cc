import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectReadiness } from './expectReadiness.ts';
import { FaultyServer } from './faultyServer.ts';
import { LobbyClient, startTalking } from './lobbyClient.ts';
import { RestlessCrowd } from './restlessCrowd.ts';
import { canMount, mountSmallDisk, type SmallDisk } from './smallDisk.ts';
import { clientOf, type TestServer } from './startServer.ts';

if (!canMount) console.warn('Skipped: a full disk, which only root can mount.');

/** The database takes 40 MB of it and leaves more than it needs. */
const DISK_MB = 128;
const PEOPLE = 30;
const ALL_PAIRS = (PEOPLE * (PEOPLE - 1)) / 2;
const FAILING = { status: 'failing', parts: ['database'] };

describe.skipIf(!canMount)('a disk that is full', () => {
  let disk: SmallDisk;
  let server: FaultyServer;
  let client: TestServer;
  let crowd: RestlessCrowd;

  beforeEach(async () => {
    disk = mountSmallDisk(DISK_MB);
    server = await FaultyServer.start(disk.folder);
    client = clientOf(server.url, async () => undefined);
    const { event } = await client.register();
    crowd = new RestlessCrowd(
      { url: server.url, eventId: event.eventId },
      { people: PEOPLE, idle: false },
    );
    await crowd.allHere();
  }, 120_000);
  afterEach(async () => {
    crowd?.leave();
    await server?.end('SIGKILL');
    disk?.close();
  });

  it('FT5: stops matching and nothing else; with room again it goes on, also after a start, and nobody meets twice', async () => {
    const { event } = await client.register({ callSeconds: 900 });
    const [ann, ben] = await LobbyClient.enterReady(client, event.eventId, 'Ann', 'Ben');
    const { matchId } = await startTalking(ann!, ben!);
    disk.fill();
    await expectReadiness(client, FAILING);
    const { met } = crowd;
    const state = { camera: true, microphone: true, sequence: 1 };
    ann!.say({ type: 'mediaState', matchId, state });
    expect((await ben!.next('partnerMedia')).state).toEqual(state);
    // Who comes in meanwhile waits.
    const waiting = await LobbyClient.enterReady(client, event.eventId, 'Cem', 'Dag');
    expect((await client.request('GET', '/healthz')).status).toBe(200);
    expect((await client.request('POST', '/api/events', { body: ANY_EVENT })).status).toBe(503);
    for (const one of [ann!, ben!, ...waiting]) await one.settle();
    for (const one of waiting) expect(one.heard()).not.toContain('matched');
    expect(crowd.met).toBe(met);
    disk.free();
    await expectReadiness(client, { status: 'ok' });
    for (const one of waiting) await one.matched();
    await crowd.pairsMet(Math.min(ALL_PAIRS, met + 20));
    expect(crowd.repeats).toEqual([]);
    for (const one of [ann!, ben!]) expect(one.heard()).not.toContain('ended');
    expect(server.said.split('the disk of the database is full')).toHaveLength(2);
    expect(server.said.split('storing pairs failed')).toHaveLength(2);

    // It may be full again at the next start.
    disk.fill();
    await server.end('SIGKILL');
    await expect(server.start()).rejects.toThrow(/less than 48 MB of room left\. Make room on it/);
    disk.free();
    await server.start();
    await crowd.allHere();
    await crowd.pairsMet(ALL_PAIRS);
    expect(crowd.repeats).toEqual([]);
  }, 180_000);
});

const ANY_EVENT = {
  title: 'A talk',
  addresses: [{ url: 'https://conf.example/full' }],
  callSeconds: 15,
};
