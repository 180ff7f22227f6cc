import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MatchId } from '../../shared/ids.ts';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import type { ClientMessage } from '../../shared/protocol/lobby.ts';
import { SERVER_LIMITS, type ServerLimits } from '../runtime/serverLimits.ts';
import { LobbyClient, startTalking } from './lobbyClient.ts';
import { anyToken, errorOf, startServer, type TestServer } from './startServer.ts';

/** A minute. */
const RETURNS = 3;
const servers: TestServer[] = [];
let usual: TestServer;
beforeAll(async () => (usual = await start({ entriesPerMinute: RETURNS })), 60_000);
afterAll(() => Promise.all(servers.map((server) => server.close())));

async function start(limits: Partial<ServerLimits>): Promise<TestServer> {
  const server = await startServer({ limits });
  servers.push(server);
  return server;
}

async function startCall(server = usual) {
  const { event } = await server.register({ callSeconds: 900 });
  const [ann, ben] = await LobbyClient.enterReady(server, event.eventId, 'Ann', 'Ben');
  const { matchId } = await startTalking(ann!, ben!);
  return { ann: ann!, ben: ben!, matchId };
}

const offer = (matchId: MatchId, round: number, sdp = 'v=0'): ClientMessage => ({
  type: 'signal',
  matchId,
  signal: { kind: 'offer', sdp, round },
});

it('LS18: what the partner said meanwhile is said again, in order, and then the welcome', async () => {
  const { ann, ben, matchId } = await startCall();
  ann.socket.cut();
  await ben.next('partnerLink');
  const state = { camera: false, microphone: true, sequence: 9 };
  ben.say(offer(matchId, 1));
  ben.say({ type: 'mediaState', matchId, state });
  ben.say(offer(matchId, 2));
  await ben.settle();
  const back = await ann.comeBack();
  const { seat } = await back.next('welcome');
  expect(seat).toMatchObject({ phase: 'live', partnerMedia: state });
  const told = back.heard().filter((type) => type !== 'presence');
  expect(told).toEqual(['replay', 'signal', 'partnerMedia', 'signal', 'welcome']);
});

it('LS21: ping and pong acknowledge, and nothing that is acknowledged is said again', async () => {
  const { ann, ben, matchId } = await startCall();
  ann.say(offer(matchId, 1));
  await ben.next('signal');
  ann.say({ type: 'ping', heard: 0 });
  // *ready*, *mediaFlowing* and the signal; *hello* does not count.
  expect((await ann.next('pong')).heard).toBe(3);
});

it('LS22: a machine that is gone is noticed within 15 s, and its seat is kept', async () => {
  const { socketPingMs, socketSilenceMs } = SERVER_LIMITS;
  expect(socketPingMs).toBe(10_000);
  expect(socketSilenceMs + socketPingMs / 4).toBeLessThanOrEqual(15_000);
  const shorter = 25;
  const { ann, ben } = await startCall(
    await start({
      socketPingMs: socketPingMs / shorter,
      socketSilenceMs: socketSilenceMs / shorter,
    }),
  );
  const from = performance.now();
  ann.socket.stopReading();
  expect((await ben.next('partnerLink')).up).toBe(false);
  expect(performance.now() - from).toBeLessThan(15_000 / shorter + 200);
  expect((await (await ann.resume()).next('welcome')).seat.phase).toBe('live');
}, 60_000);

it('LS23: a client that does not read is closed with slowReader, and may come back', async () => {
  const { ann, ben, matchId } = await startCall(
    await start({ lobbyFrameBurst: 1_000_000, lobbyByteBurst: 1_000_000_000 }),
  );
  ann.socket.stopReading();
  const letter = 'v'.repeat(LIMITS.sdpLength - 500);
  for (let round = 1; !ben.heard().includes('partnerLink'); round += 50) {
    for (let each = 0; each < 50; each += 1) ben.say(offer(matchId, round + each, letter));
    await ben.settle();
    expect(round, 'letters nobody reads').toBeLessThan(4_000);
  }
  const back = await ann.resume();
  expect((await back.next('welcome')).seat.phase).toBe('live');
  ann.socket.readOn();
  expect(await ann.socket.closed()).toBe(CLOSE.slowReader);
}, 60_000);

it('LS24: more than 128 kB at once, or 32 kB a second for long, close the socket with flooding', async () => {
  const { ann, ben, matchId } = await startCall();
  const letter = 'v'.repeat(LIMITS.sdpLength - 500);
  const enough = Math.ceil(LIMITS.lobbyByteBurst / letter.length) + 1;
  expect(enough).toBeLessThan(LIMITS.lobbyFrameBurst - 10);
  for (let round = 1; round <= enough; round += 1) ann.say(offer(matchId, round, letter));
  expect(await ann.socket.closed()).toBe(CLOSE.flooding);
  expect((await ben.next('ended')).reason).toBe('partnerLeft');
});

it('LS27: a device that asks for tickets too often, or changes its socket too often, is told to wait', async () => {
  const { event } = await usual.register({ callSeconds: 900 });
  const body = { displayName: 'Ann', deviceToken: anyToken() };
  const join = () => usual.request('POST', `/api/events/${event.eventId}/join`, { body });
  for (let time = 1; time <= RETURNS; time += 1) expect((await join()).status).toBe(200);
  expect(errorOf(await join()).reason).toBe('tooMany');
  let ann = await LobbyClient.enter(usual, event.eventId);
  for (let time = 1; time <= RETURNS; time += 1) {
    ann.socket.cut();
    ann = await ann.comeBack();
    await ann.welcomed();
  }
  ann.socket.cut();
  expect(await (await ann.comeBack()).socket.closed()).toBe(CLOSE.tryAgainLater);
});

it('LS25: a stopping server takes nobody in, and sends its people away one after the other', async () => {
  const server = await start({ drainEachMs: 50 });
  const { event } = await server.register();
  const people = await Promise.all(
    Array.from({ length: 16 }, () => LobbyClient.enter(server, event.eventId)),
  );
  const stopped = server.close();
  const codes = people.map(({ socket }) => socket.closed());
  await Promise.race(codes);
  expect(people.filter(({ socket }) => socket.closeCode === null).length).toBeGreaterThan(8);
  const refused = await server.request('POST', `/api/events/${event.eventId}/join`, { body: {} });
  expect(refused.status).toBe(503);
  expect(errorOf(refused).reason).toBe('restarting');
  expect((await server.request('GET', '/readyz')).status).toBe(503);
  expect(new Set(await Promise.all(codes))).toEqual(new Set([CLOSE.serverRestarting]));
  await stopped;
}, 60_000);
