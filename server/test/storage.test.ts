import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import { ConsoleAnswerSchema } from '../../shared/protocol/http.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import { lockFolder } from '../db/folderLock.ts';
import { dataPlace } from './dataPlace.ts';
import { LobbyClient } from './lobbyClient.ts';
import { ScriptedSocket } from './scriptedSocket.ts';
import { anyToken, shaped, startServer } from './startServer.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foyer-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('ST6: events and met pairs survive a restart, also of a cycle that began in a call; seats do not', async () => {
  const environment = await dataPlace(folder);
  const before = await startServer({ environment });
  const registered = await before.register({ callSeconds: 900 });
  const { eventId } = registered.event;
  const people = [
    { name: 'Ann', deviceToken: anyToken() },
    { name: 'Ben', deviceToken: anyToken() },
  ];
  const enterAll = (server: typeof before) =>
    Promise.all(people.map((person) => LobbyClient.enter(server, eventId, person)));
  const [ann, ben] = await enterAll(before);
  for (const client of [ann!, ben!]) client.say({ type: 'ready' });
  await Promise.all([ann!.matched(), ben!.matched()]);
  const bearer = registered.ownerSecret;
  await before.request('PATCH', `/api/events/${eventId}`, { bearer, body: { cycle: 2 } });
  await ann!.next('newCycle');
  await before.close();
  expect(await ann!.socket.closed()).toBe(CLOSE.serverRestarting);

  const after = await startServer({ environment });
  try {
    const answer = await after.request('GET', `/api/events/${eventId}/console`, {
      bearer,
    });
    const event = { ...registered.event, cycle: 2 };
    expect(shaped(ConsoleAnswerSchema, answer, 200).event).toEqual(event);
    const stale = await ScriptedSocket.open(`${after.url.replace('http', 'ws')}/lobby`);
    stale.send({ type: 'resume', version: PROTOCOL_VERSION, resumeToken: ann!.resumeToken });
    expect(await stale.closed()).toBe(CLOSE.sessionUnknown);

    const [annAgain, benAgain] = await enterAll(after);
    for (const client of [annAgain!, benAgain!]) {
      client.say({ type: 'ready' });
      await client.next('waiting');
    }
    const [cem] = await LobbyClient.enterReady(after, eventId, 'Cem');
    expect((await cem!.matched()).partnerName).toBe('Ann');
    await benAgain!.settle();
    expect(benAgain!.heard()).not.toContain('matched');
  } finally {
    await after.close();
  }
}, 60_000);

it('ST7: a data folder belongs to one living process', async () => {
  const first = await lockFolder(folder);
  const second = await lockFolder(folder);
  expect(first.ok).toBe(true);
  expect(second).toMatchObject({ ok: false, error: expect.stringContaining(`${process.pid}`) });
  if (first.ok) await first.value.release();
  expect((await lockFolder(folder)).ok).toBe(true);
});

it.each([
  ['a dead process', { pid: 2 ** 22 + 1, host: hostname(), startedAt: null }],
  ['an earlier process of the same number', { pid: process.pid, host: hostname(), startedAt: 'x' }],
])('ST8: the lock of %s is taken over', async (_, holder) => {
  await writeFile(join(folder, 'foyer.lock'), JSON.stringify(holder));
  const lock = await lockFolder(folder);
  expect(lock.ok).toBe(true);
  expect(await readFile(join(folder, 'foyer.lock'), 'utf8')).toContain(`${process.pid}`);
});

it('ST8: of several that find a dead lock one takes it', async () => {
  await writeFile(join(folder, 'foyer.lock'), 'half a li');
  const all = await Promise.all(Array.from({ length: 6 }, () => lockFolder(folder)));
  expect(all.filter((lock) => lock.ok)).toHaveLength(1);
});

it('ST9: the lock of another machine is never taken over, and the message says what to do', async () => {
  const holder = { pid: 1, host: 'elsewhere', startedAt: null };
  await writeFile(join(folder, 'foyer.lock'), JSON.stringify(holder));
  const lock = await lockFolder(folder);
  expect(lock).toMatchObject({ ok: false, error: expect.stringContaining('delete') });
});
