import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPostgres } from '../../scripts/ensurePostgres.ts';
import type { MatchId, MemberId } from '../../shared/ids.ts';
import { randomMint } from '../runtime/randomMint.ts';
import { expectReadiness } from './expectReadiness.ts';
import { LobbyClient, startTalking } from './lobbyClient.ts';
import { openTestStorage } from './openTestStorage.ts';
import { RestlessCrowd } from './restlessCrowd.ts';
import { canMount, mountSmallDisk, type SmallDisk } from './smallDisk.ts';
import { startPostgres, type PostgresServer } from './startPostgres.ts';
import { startServer } from './startServer.ts';
import { storedEvent } from './storedEvent.ts';

if (!canMount) console.warn('Skipped: a full disk, which only root can mount.');

/** The tables take 30 MB of it. */
const DISK_MB = 96;
const PEOPLE = 30;
const ALL_PAIRS = (PEOPLE * (PEOPLE - 1)) / 2;
const FAILING = { status: 'failing', parts: ['database'] };
const DEADLINE_MS = 120_000;

describe.skipIf(!canMount)('a PostgreSQL whose disk is full', () => {
  let disk: SmallDisk;
  let database: PostgresServer;

  beforeEach(async () => {
    disk = mountSmallDisk(DISK_MB);
    database = await startPostgres(findPostgres()!, disk.folder);
  }, DEADLINE_MS);
  afterEach(async () => {
    await database?.close();
    disk?.close();
  });

  it(
    'FT6: stops matching, says so at /readyz, and goes on with room again; calls go on, and nobody meets twice',
    async () => {
      const server = await startServer({ environment: { DATABASE_URL: database.url } });
      const { event } = await server.register({ callSeconds: 900 });
      const [ann, ben] = await LobbyClient.enterReady(server, event.eventId, 'Ann', 'Ben');
      await startTalking(ann!, ben!);
      const place = { url: server.url, eventId: (await server.register()).event.eventId };
      const crowd = new RestlessCrowd(place, { people: PEOPLE, idle: false });
      await crowd.allHere();
      disk.fill();
      await expectReadiness(server, FAILING);
      expect(crowd.met).toBeLessThan(ALL_PAIRS);
      expect((await server.request('GET', '/healthz')).status).toBe(200);
      for (const one of [ann!, ben!]) {
        await one.settle();
        expect(one.heard()).not.toContain('ended');
      }
      disk.free();
      await expectReadiness(server, { status: 'ok' });
      await crowd.pairsMet(ALL_PAIRS);
      expect(crowd.repeats).toEqual([]);
      crowd.leave();
      await server.close();
    },
    DEADLINE_MS,
  );

  it(
    'FT6: is found to have room again, though nobody waits for a match',
    async () => {
      const { events, metPairs, readiness, close } = await openTestStorage({
        DATABASE_URL: database.url,
      });
      const event = storedEvent();
      await events.create(event, new Date());
      const meet = () => metPairs.record(event.id, [freshPair()]);
      disk.fill();
      expect(await readiness.works()).toBe(true);
      while ((await meet()).ok);
      expect(await readiness.works()).toBe(false);
      disk.free();
      expect(await readiness.works()).toBe(true);
      expect((await meet()).ok).toBe(true);
      await close();
    },
    DEADLINE_MS,
  );
});

function freshPair() {
  const pair = [randomMint.id() as MemberId, randomMint.id() as MemberId] as const;
  return { matchId: randomMint.id() as MatchId, pair, cycle: 1 };
}
