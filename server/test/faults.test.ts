import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FaultyServer } from './faultyServer.ts';
import { LobbyClient, startTalking } from './lobbyClient.ts';
import { RestlessCrowd } from './restlessCrowd.ts';
import { clientOf, startServer } from './startServer.ts';

const DEADLINE_MS = 180_000;
/** More than a small lobby, in which a pair may be held back. */
const PEOPLE = 30;
const ALL_PAIRS = (PEOPLE * (PEOPLE - 1)) / 2;
const FREEZE_MS = 6_000;

let folder: string;
let server: FaultyServer;
let crowd: RestlessCrowd;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foyer-'));
});
afterEach(async () => {
  vi.useRealTimers();
  crowd?.leave();
  await server?.end('SIGKILL');
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function startWith(people: { people: number; idle: boolean }): Promise<void> {
  server = await FaultyServer.start(folder);
  const { event } = await clientOf(server.url, async () => undefined).register();
  crowd = new RestlessCrowd({ url: server.url, eventId: event.eventId }, people);
  await crowd.allHere();
}

it(
  'FT1: after kill -9 in the middle of matching everybody is back, and nobody meets the same person again',
  async ({ annotate }) => {
    await startWith({ people: PEOPLE, idle: false });
    await crowd.pairsMet(ALL_PAIRS / 3);
    await server.end('SIGKILL');
    await server.start();
    const listening = performance.now();
    await crowd.allHere();
    await annotate(`all back ${Math.round(performance.now() - listening)} ms after it listened`);
    await crowd.pairsMet((2 * ALL_PAIRS) / 3);
    expect(crowd.repeats).toEqual([]);
  },
  DEADLINE_MS,
);

it(
  'FT2: after a restart under 1,000 people everybody is back',
  async ({ annotate }) => {
    await startWith({ people: 1_000, idle: true });
    await server.end('SIGTERM');
    await server.start();
    const listening = performance.now();
    await crowd.allHere();
    await annotate(`all back ${Math.round(performance.now() - listening)} ms after it listened`);
  },
  DEADLINE_MS,
);

it(
  'FT3: a server that stood still for 6 s goes on with everybody, calls included',
  async () => {
    await startWith({ people: PEOPLE, idle: false });
    const client = clientOf(server.url, async () => undefined);
    const { event } = await client.register({ callSeconds: 900 });
    const [ann, ben] = await LobbyClient.enterReady(client, event.eventId, 'Ann', 'Ben');
    await startTalking(ann!, ben!);
    server.signal('SIGSTOP');
    // The fault itself lasts so long; nothing is waited for.
    await pause(FREEZE_MS);
    server.signal('SIGCONT');
    const before = crowd.met;
    for (const one of [ann!, ben!]) await one.settle();
    for (const one of [ann!, ben!]) {
      expect(one.heard()).not.toContain('ended');
      expect(one.socket.closeCode).toBeNull();
    }
    await crowd.pairsMet(Math.min(ALL_PAIRS, before + 20));
    expect(crowd.repeats).toEqual([]);
  },
  DEADLINE_MS,
);

it(
  'FT4: a calendar that jumps, either way, ends no call and closes no socket, and people come in',
  async () => {
    const here = await startServer();
    vi.useFakeTimers({ toFake: ['Date'] });
    const start = Date.now();
    const { event } = await here.register({ callSeconds: 900 });
    const short = await here.register({ callSeconds: 15 });
    const [ann, ben] = await LobbyClient.enterReady(here, event.eventId, 'Ann', 'Ben');
    await startTalking(ann!, ben!);
    for (const jumpMs of [86_400_000, -86_400_000]) {
      vi.setSystemTime(start + jumpMs);
      // A whole call passes, so that everything that looks at a clock has looked.
      const [cem, dag] = await LobbyClient.enterReady(here, short.event.eventId, 'Cem', 'Dag');
      await startTalking(cem!, dag!);
      await cem!.next('goodbye');
      expect((await cem!.next('ended')).reason).toBe('timeUp');
      for (const one of [ann!, ben!]) {
        await one.settle();
        expect(one.heard()).not.toContain('ended');
      }
      for (const one of [cem!, dag!]) one.say({ type: 'leave' });
    }
    await here.close();
  },
  DEADLINE_MS,
);
