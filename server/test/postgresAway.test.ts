import { afterEach, beforeEach, expect, it } from 'vitest';
import { findPostgres } from '../../scripts/ensurePostgres.ts';
import { LobbyClient, startTalking } from './lobbyClient.ts';
import { startPostgres, type PostgresServer } from './startPostgres.ts';
import { anyToken, errorOf, startServer, type TestServer } from './startServer.ts';

let database: PostgresServer;
let server: TestServer;
beforeEach(async () => {
  database = await startPostgres(findPostgres()!);
  server = await startServer({
    environment: { DATABASE_URL: database.url },
    limits: { storagePauseMs: 200 },
  });
}, 60_000);
afterEach(async () => {
  await server.close();
  await database.close();
});

it('ST26: while the database is away calls go on, people come in, and nobody is matched; then they are by themselves', async () => {
  const { event } = await server.register({ callSeconds: 900 });
  const { eventId } = event;
  const { event: sleeping } = await server.register({});
  const [ann, ben] = await LobbyClient.enterReady(server, eventId, 'Ann', 'Ben');
  const match = await startTalking(ann!, ben!);
  const [cem, dag] = [
    await LobbyClient.enter(server, eventId, { name: 'Cem' }),
    await LobbyClient.enter(server, eventId, { name: 'Dag' }),
  ];
  await database.kill();

  const body = { displayName: 'Eve', deviceToken: anyToken() };
  const answer = await server.request('POST', `/api/events/${sleeping.eventId}/join`, { body });
  expect([answer.status, errorOf(answer).reason]).toEqual([503, 'unavailable']);
  expect(JSON.stringify(answer.body)).not.toMatch(/select|ECONN/i);
  const eve = await LobbyClient.enter(server, eventId, { name: 'Eve' });
  for (const client of [cem, dag]) client.say({ type: 'ready' });
  for (const client of [cem, dag, eve]) await client.settle();
  expect([...cem.heard(), ...dag.heard()]).not.toContain('matched');
  const state = { camera: true, microphone: true, sequence: 1 };
  ann!.say({ type: 'mediaState', matchId: match.matchId, state });
  expect((await ben!.next('partnerMedia')).state).toEqual(state);

  await database.start();
  const [forCem, forDag] = await Promise.all([cem.matched(), dag.matched()]);
  expect([forCem.partnerName, forDag.partnerName]).toEqual(['Dag', 'Cem']);
  expect((await server.join(eventId)).eventTitle).toBe('A talk');
}, 60_000);
