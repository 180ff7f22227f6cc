import { afterAll, beforeAll, expect, it } from 'vitest';
import { keyHash } from '../../shared/eventKey/keyHash.ts';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import {
  ConsoleAnswerSchema,
  InviteAnswerSchema,
  LookupAnswerSchema,
  type ChangeRequest,
  type RegisterAnswer,
} from '../../shared/protocol/http.ts';
import { ANYBODY } from '../../shared/protocol/whoMeets.ts';
import { LobbyClient, startTalking } from './lobbyClient.ts';
import { anyAddress, anyToken, errorOf, shaped, startServer } from './startServer.ts';
import type { TestServer } from './startServer.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
}, 60_000);
afterAll(() => server.close());

async function readConsole({ event, ownerSecret }: RegisterAnswer) {
  const path = `/api/events/${event.eventId}/console`;
  const answer = await server.request('GET', path, { bearer: ownerSecret });
  return shaped(ConsoleAnswerSchema, answer, 200);
}

function change({ event, ownerSecret }: RegisterAnswer, body: ChangeRequest) {
  return server.request('PATCH', `/api/events/${event.eventId}`, { bearer: ownerSecret, body });
}

function joinAnswer({ event }: RegisterAnswer, inviteToken?: string) {
  const body = { displayName: 'Ann', deviceToken: anyToken(), inviteToken };
  return server.request('POST', `/api/events/${event.eventId}/join`, { body });
}

it('OW1: the owner’s link carries the secret in its fragment, the invite link the token', async () => {
  const group = await server.register({ visibility: 'unlisted' });
  const { event, ownerSecret, inviteToken } = group;
  expect(group.ownerUrl).toBe(`${server.url}/organize/${event.eventId}#${ownerSecret}`);
  expect(group.inviteUrl).toBe(`${server.url}/g/${event.eventId}#${inviteToken}`);
  const listed = await server.register();
  expect([listed.inviteToken, listed.inviteUrl]).toEqual([null, null]);
});

it('OW2: without the right secret nothing of the owner’s is shown or changed', async () => {
  const [mine, other] = [
    await server.register({ visibility: 'unlisted' }),
    await server.register(),
  ];
  const path = `/api/events/${mine.event.eventId}`;
  for (const bearer of [undefined, anyToken(), other.ownerSecret, mine.inviteToken!]) {
    const options = bearer === undefined ? {} : { bearer };
    const seen = await server.request('GET', `${path}/console`, options);
    expect([seen.status, errorOf(seen).reason]).toEqual([401, 'unauthorized']);
    const changed = await server.request('PATCH', path, { ...options, body: { title: 'Stolen' } });
    expect(changed.status).toBe(401);
  }
  expect((await readConsole(mine)).event.title).toBe('A talk');
});

it('OW3: counts by state are shown from five people on', async () => {
  const registered = await server.register({ callSeconds: 900 });
  const { eventId } = registered.event;
  const people = await LobbyClient.enterReady(server, eventId, 'Ann', 'Ben', 'Cem', 'Dag');
  expect((await readConsole(registered)).counts).toEqual({
    here: 4,
    waiting: null,
    inCall: null,
    met: null,
  });
  people.push(...(await LobbyClient.enterReady(server, eventId, 'Eve')));
  await Promise.all(people.slice(0, 4).map((client) => client.matched()));
  expect((await readConsole(registered)).counts).toEqual({
    here: 5,
    waiting: 1,
    inCall: 4,
    met: 2,
  });
});

it('OW4: what is absent from a change stays as it is', async () => {
  const registered = await server.register({ opensAt: '2020-01-01T00:00:00+02:00' });
  const answer = await change(registered, { title: 'Another talk' });
  const { event } = shaped(ConsoleAnswerSchema, answer, 200);
  expect(event).toEqual({
    ...registered.event,
    title: 'Another talk',
    opensAt: '2019-12-31T22:00:00.000Z',
  });
});

it.each<[string, ChangeRequest]>([
  ['closing before opening', { closesAt: '2019-01-01T00:00:00Z' }],
  ['a call too short', { callSeconds: 1 }],
  ['no address', { addresses: [] }],
])('OW5: a change to %s is refused and changes nothing', async (_, body) => {
  const registered = await server.register({ opensAt: '2020-01-01T00:00:00Z' });
  const answer = await change(registered, body);
  expect([answer.status, errorOf(answer).reason]).toEqual([400, 'badRequest']);
  expect((await readConsole(registered)).event).toEqual(registered.event);
});

it('OW6: addresses can be replaced, but not by one that another event has', async () => {
  const [one, two] = [await server.register(), await server.register()];
  const taken = await change(one, { addresses: [{ url: two.event.addresses[0]!.url }] });
  expect([taken.status, errorOf(taken).reason]).toEqual([409, 'urlTaken']);
  const fresh = anyAddress();
  const answer = await change(one, { addresses: [fresh] });
  expect(shaped(ConsoleAnswerSchema, answer, 200).event.addresses[0]!.url).toBe(fresh.url);
  const freed = await server.register({ addresses: [{ url: one.event.addresses[0]!.url }] });
  expect(freed.event.addresses).toEqual(one.event.addresses);
});

it('OW7: closing sends waiting people home, lets calls end, and lets nobody in', async () => {
  const registered = await server.register();
  const { eventId } = registered.event;
  const [ann, ben] = await LobbyClient.enterReady(server, eventId, 'Ann', 'Ben');
  await startTalking(ann!, ben!);
  const [cem] = await LobbyClient.enterReady(server, eventId, 'Cem');
  expect((await change(registered, { closed: true })).status).toBe(200);
  expect(await cem!.socket.closed()).toBe(CLOSE.lobbyClosed);
  expect(errorOf(await joinAnswer(registered)).reason).toBe('closed');
  expect((await ann!.next('ended')).reason).toBe('lobbyClosed');
  expect(await ben!.socket.closed()).toBe(CLOSE.lobbyClosed);
});

it('OW8: a closed event is shown as closed, gives its address free, and can be opened again', async () => {
  const registered = await server.register();
  const hash = await keyHash(registered.event.addresses[0]!.key);
  const state = async () => {
    const answer = await server.request('GET', `/api/lookup/${hash.slice(0, 5)}`);
    const { events } = shaped(LookupAnswerSchema, answer, 200);
    return events.find((entry) => entry.keyHash === hash)?.state;
  };
  await change(registered, { closed: true });
  expect(await state()).toBe('closed');
  await change(registered, { closed: false });
  expect(await state()).toBe('open');
  await LobbyClient.enterReady(server, registered.event.eventId, 'Ann');
  await change(registered, { closed: true });
  await server.register({ addresses: [{ url: registered.event.addresses[0]!.url }] });
  const again = await change(registered, { closed: false });
  expect([again.status, errorOf(again).reason]).toEqual([409, 'urlTaken']);
});

it('OW9: when the opening hours end, the lobby closes by itself', async () => {
  const registered = await server.register();
  const [ann] = await LobbyClient.enterReady(server, registered.event.eventId, 'Ann');
  const closesAt = new Date(Date.now() + 150).toISOString();
  expect((await change(registered, { closesAt })).status).toBe(200);
  expect(await ann!.socket.closed()).toBe(CLOSE.lobbyClosed);
});

it('OW10: a private group is entered with its invite only', async () => {
  const group = await server.register({ visibility: 'unlisted' });
  for (const token of [undefined, anyToken(), group.ownerSecret]) {
    const answer = await joinAnswer(group, token);
    expect([answer.status, errorOf(answer).reason]).toEqual([401, 'unauthorized']);
  }
  expect((await joinAnswer(group, group.inviteToken!)).status).toBe(200);
});

it('OW11: the invite tells the stream’s page and how many are here', async () => {
  const group = await server.register({ visibility: 'unlisted' });
  const path = `/api/events/${group.event.eventId}/invite`;
  const answer = await server.request('GET', path, { bearer: group.inviteToken! });
  expect(shaped(InviteAnswerSchema, answer, 200)).toEqual({
    eventId: group.event.eventId,
    title: 'A talk',
    streamUrl: group.event.addresses[0]!.url,
    key: group.event.addresses[0]!.key,
    here: 0,
    whoMeets: ANYBODY,
  });
  expect((await server.request('GET', path)).status).toBe(401);
  const listed = await server.register();
  const none = `/api/events/${listed.event.eventId}/invite`;
  expect((await server.request('GET', none, { bearer: anyToken() })).status).toBe(401);
});
