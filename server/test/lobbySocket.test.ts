import { afterAll, beforeAll, expect, it } from 'vitest';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import { EXTENSION_ID } from '../../shared/extensionIdentity.ts';
import { LobbyClient, startTalking } from './lobbyClient.ts';
import { ScriptedSocket } from './scriptedSocket.ts';
import { anyToken, startServer, type TestServer } from './startServer.ts';

const version = PROTOCOL_VERSION;
let server: TestServer;
let eventId: string;

beforeAll(async () => {
  server = await startServer();
}, 60_000);
afterAll(() => server.close());

const newEvent = async () => (await server.register()).event.eventId;
const lobbyUrl = () => `${server.url.replace('http', 'ws')}/lobby`;
async function socketWithTicket() {
  eventId = await newEvent();
  const { ticket } = await server.join(eventId);
  return { ticket, socket: await ScriptedSocket.open(lobbyUrl()) };
}

it('LS1: hello with a fresh ticket takes a seat and is welcomed', async () => {
  const { ticket, socket } = await socketWithTicket();
  socket.send({ type: 'hello', version, ticket });
  const welcome = await socket.until('welcome', () => socket.frames[0]);
  expect(welcome).toMatchObject({
    type: 'welcome',
    eventTitle: 'A talk',
    presence: { here: 1, waiting: 0 },
    seat: { phase: 'idle' },
  });
});

it('LS7: what is said right behind hello, before the welcome, counts', async () => {
  const [one, two] = [await socketWithTicket(), await socketWithTicket()];
  for (const { socket, ticket } of [one, two]) {
    socket.send({ type: 'hello', version, ticket });
    socket.send({ type: 'ready' });
    await socket.until('waiting', () => socket.frames.find((frame) => isType(frame, 'waiting')));
  }
});

it('LS2: a ticket works once', async () => {
  const { ticket, socket } = await socketWithTicket();
  socket.send({ type: 'hello', version, ticket });
  await socket.until('welcome', () => socket.frames[0]);
  const second = await ScriptedSocket.open(lobbyUrl());
  second.send({ type: 'hello', version, ticket });
  expect(await second.closed()).toBe(CLOSE.ticketRefused);
});

it('LS2: an unknown ticket is refused', async () => {
  const socket = await ScriptedSocket.open(lobbyUrl());
  socket.send({ type: 'hello', version, ticket: anyToken() });
  expect(await socket.closed()).toBe(CLOSE.ticketRefused);
});

it('LS3: another protocol version is refused', async () => {
  const { ticket, socket } = await socketWithTicket();
  socket.send({ type: 'hello', version: version + 1, ticket });
  expect(await socket.closed()).toBe(CLOSE.versionUnsupported);
});

it.each([
  ['no JSON', '{'],
  ['null', 'null'],
  ['an unknown type', '{"type":"dance"}'],
  ['a field too many', '{"type":"ready","now":true}'],
  ['a wrong field', '{"type":"hello","version":1,"ticket":"short"}'],
  ['ready before hello', '{"type":"ready"}'],
])('LS4: %s closes the socket as malformed', async (_, frame) => {
  const socket = await ScriptedSocket.open(lobbyUrl());
  socket.send(frame);
  expect(await socket.closed()).toBe(CLOSE.malformed);
});

it('LS4: a binary frame closes the socket as malformed', async () => {
  const socket = await ScriptedSocket.open(lobbyUrl());
  socket.sendBytes(new Uint8Array([1, 2, 3]));
  expect(await socket.closed()).toBe(CLOSE.malformed);
});

it('LS4: a second hello closes the socket as malformed, and the seat is given up', async () => {
  const [ann, ben] = await LobbyClient.enterReady(server, await newEvent(), 'Ann', 'Ben');
  ann!.say({ type: 'hello', version, ticket: anyToken() });
  expect(await ann!.socket.closed()).toBe(CLOSE.malformed);
  expect((await ben!.next('ended')).reason).toBe('partnerLeft');
});

it('LS5: more frames than any honest client sends close the socket as flooding', async () => {
  const client = await LobbyClient.enter(server, await newEvent());
  for (let sent = 0; sent <= LIMITS.lobbyFrameBurst; sent += 1) client.say({ type: 'ping' });
  expect(await client.socket.closed()).toBe(CLOSE.flooding);
});

it('LS6: a frame above the limit closes the socket', async () => {
  const socket = await ScriptedSocket.open(lobbyUrl());
  socket.send(' '.repeat(LIMITS.lobbyFrameBytes + 1));
  expect(await socket.closed()).toBe(1009);
});

it('LS8: ping is answered with pong', async () => {
  const client = await LobbyClient.enter(server, await newEvent());
  await client.settle();
  expect(client.heard()).toContain('pong');
});

it('LS9: two ready people are matched, talk for their time, say goodbye and are idle', async () => {
  const [ann, ben] = await LobbyClient.enterReady(server, await newEvent(), 'Ann', 'Ben');
  const [forAnn, forBen] = await Promise.all([ann!.matched(), ben!.matched()]);
  expect(forAnn).toMatchObject({ partnerName: 'Ben', role: 'caller' });
  expect(forBen).toMatchObject({ partnerName: 'Ann', role: 'callee', matchId: forAnn.matchId });
  expect(forAnn.partnerPeerId).toBe(forBen.peerId);
  for (const client of [ann!, ben!]) {
    client.say({ type: 'mediaFlowing', matchId: forAnn.matchId });
  }
  for (const client of [ann!, ben!]) {
    expect((await client.next('live')).remainingMs).toBe(forAnn.callMs);
    expect((await client.next('live')).remainingMs).toBeLessThanOrEqual(100);
    expect((await client.next('goodbye')).remainingMs).toBe(100);
    expect(await client.next('ended')).toMatchObject({ reason: 'timeUp', requeued: false });
  }
});

it('LS10: the partner hears at once of a closed page, is at the head and meets the next', async () => {
  const event = await newEvent();
  const [ann, ben] = await LobbyClient.enterReady(server, event, 'Ann', 'Ben');
  await startTalking(ann!, ben!);
  ann!.socket.close(1001);
  expect(await ben!.next('ended')).toMatchObject({ reason: 'partnerLeft', requeued: true });
  const [cem] = await LobbyClient.enterReady(server, event, 'Cem');
  expect((await cem!.matched()).partnerName).toBe('Ben');
});

it('LS11: a dropped socket resumes its call, and the partner’s call goes on', async () => {
  const { event } = await server.register({ callSeconds: 900 });
  const [ann, ben] = await LobbyClient.enterReady(server, event.eventId, 'Ann', 'Ben');
  const match = await startTalking(ann!, ben!);
  const state = { camera: true, microphone: false, sequence: 1 };
  ben!.say({ type: 'mediaState', matchId: match.matchId, state });
  await ann!.next('partnerMedia');
  ann!.socket.cut();
  const back = await ann!.resume();
  const { seat, resumeToken } = await back.next('welcome');
  expect(seat).toMatchObject({ phase: 'live', match, partnerMedia: state });
  expect(resumeToken).not.toBe(ann!.resumeToken);
  await ben!.settle();
  expect(ben!.heard()).not.toContain('ended');
  back.say({ type: 'mediaState', matchId: match.matchId, state });
  expect((await ben!.next('partnerMedia')).state).toEqual(state);
});

it('LS12: an unknown resume token is answered with sessionUnknown', async () => {
  const ann = await LobbyClient.enter(server, await newEvent());
  const stranger = await ann.resume(`${anyToken()}`);
  expect(await stranger.socket.closed()).toBe(CLOSE.sessionUnknown);
  const guess = await ann.resume(`${ann.resumeToken.slice(0, -4)}AAAA`);
  expect(await guess.socket.closed()).toBe(CLOSE.sessionUnknown);
});

it('LS13: the same device joining again closes the older socket', async () => {
  const event = await newEvent();
  const deviceToken = anyToken();
  const older = await LobbyClient.enter(server, event, { deviceToken });
  await LobbyClient.enter(server, event, { deviceToken });
  expect(await older.socket.closed()).toBe(CLOSE.replaced);
});

it('LS14: presence is told to everybody', async () => {
  const event = await newEvent();
  const ann = await LobbyClient.enter(server, event);
  await LobbyClient.enterReady(server, event, 'Ben');
  const seen = () => ann.socket.frames.find((frame) => hasCounts(frame, 2, 1));
  await ann.socket.until('presence 2, 1', seen);
});

it('LS15: leave is answered with the close code left', async () => {
  const client = await LobbyClient.enter(server, await newEvent());
  client.say({ type: 'leave' });
  expect(await client.socket.closed()).toBe(CLOSE.left);
});

it.each([
  ['no origin', null],
  ['another page', 'https://evil.example'],
  ['another extension', 'chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
  ['a sandboxed page', 'null'],
])('LS16: %s is refused before the upgrade', async (_, origin) => {
  expect(await ScriptedSocket.refusal(lobbyUrl(), { origin })).toBe(403);
});

it('LS16: the extension and the server’s own pages may connect', async () => {
  const own = await ScriptedSocket.open(lobbyUrl(), { origin: server.url });
  const extension = `chrome-extension://${EXTENSION_ID}`;
  const panel = await ScriptedSocket.open(lobbyUrl(), { origin: extension });
  for (const socket of [own, panel]) socket.close();
});

it('LS17: an unknown path is refused', async () => {
  const elsewhere = lobbyUrl().replace('/lobby', '/elsewhere');
  expect(await ScriptedSocket.refusal(elsewhere)).toBe(404);
});

function hasCounts(frame: unknown, here: number, waiting: number): boolean {
  const text = JSON.stringify(frame);
  return text === JSON.stringify({ type: 'presence', presence: { here, waiting } });
}

function isType(frame: unknown, type: string): boolean {
  return typeof frame === 'object' && frame !== null && 'type' in frame && frame.type === type;
}
