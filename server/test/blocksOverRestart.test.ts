import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Match } from '../../shared/protocol/lobby.ts';
import type { RegisterAnswer } from '../../shared/protocol/http.ts';
import { Lobby } from '../domain/lobby/lobby.ts';
import type { LobbyCommand } from '../domain/lobby/lobbyCommand.ts';
import { dataPlace } from './dataPlace.ts';
import { LobbyClient, startTalking } from './lobbyClient.ts';
import { anyToken, startServer, type TestServer } from './startServer.ts';

const POISON = 'Poison';

class FragileLobby extends Lobby {
  override handle(command: LobbyCommand, now: number) {
    if (command.type === 'join' && command.name === POISON) throw new Error('A mistake');
    return super.handle(command, now);
  }
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foyer-blocks-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const PEOPLE = ['Ann', 'Ben'].map((name) => ({ name, deviceToken: anyToken() }));
const enterAll = (server: TestServer, eventId: string) =>
  Promise.all(PEOPLE.map((person) => LobbyClient.enter(server, eventId, person)));

const block = (client: LobbyClient, { matchId, partnerSeal }: Match) =>
  client.say({ type: 'block', matchId, partnerSeal });

/** All may meet all others once more. */
async function beginCycle(server: TestServer, registered: RegisterAnswer, cycle: number) {
  const path = `/api/events/${registered.event.eventId}`;
  const options = { bearer: registered.ownerSecret, body: { cycle } };
  expect((await server.request('PATCH', path, options)).status).toBe(200);
}

/** Both are ready, and each meets somebody else who comes. */
async function meetOthers(server: TestServer, eventId: string, both: readonly LobbyClient[]) {
  for (const client of both) {
    client.say({ type: 'ready' });
    await client.settle();
  }
  const others = await LobbyClient.enterReady(server, eventId, 'Cem', 'Dag');
  const partners = await Promise.all(others.map(async (client) => await client.matched()));
  expect(partners.map(({ partnerName }) => partnerName).toSorted()).toEqual(['Ann', 'Ben']);
}

it('LB93: a block outlives a lobby that breaks, a new cycle of meetings and a restart', async () => {
  const environment = await dataPlace(folder);
  const before = await startServer({
    environment,
    createLobby: (parts) => new FragileLobby(parts),
  });
  const registered = await before.register({ callSeconds: 900 });
  const { eventId } = registered.event;
  const [ann, ben] = await enterAll(before, eventId);
  for (const client of [ann!, ben!]) client.say({ type: 'ready' });
  const match = await startTalking(ann!, ben!);
  block(ann!, match);
  expect((await ann!.next('ended')).reason).toBe('youLeft');
  expect((await ben!.next('ended')).reason).toBe('partnerLeft');
  await (await LobbyClient.tryToEnter(before, eventId, POISON)).closed();
  await beginCycle(before, registered, 2);
  await meetOthers(before, eventId, [ann!]);
  await before.close();

  const after = await startServer({ environment });
  try {
    await beginCycle(after, registered, 3);
    await meetOthers(after, eventId, await enterAll(after, eventId));
  } finally {
    await after.close();
  }
}, 60_000);

it('LB93: who talks on while the server starts again can block the other, though it has forgotten the match', async () => {
  const environment = await dataPlace(folder);
  const before = await startServer({ environment });
  const registered = await before.register({ callSeconds: 900 });
  const { eventId } = registered.event;
  const [ann, ben] = await enterAll(before, eventId);
  for (const client of [ann!, ben!]) client.say({ type: 'ready' });
  const match = await startTalking(ann!, ben!);
  await before.close();

  const after = await startServer({ environment });
  try {
    const [annAgain, benAgain] = await enterAll(after, eventId);
    block(annAgain!, match);
    await annAgain!.settle();
    await beginCycle(after, registered, 2);
    await meetOthers(after, eventId, [annAgain!, benAgain!]);
  } finally {
    await after.close();
  }
}, 60_000);
