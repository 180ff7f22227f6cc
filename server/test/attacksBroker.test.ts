import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Match } from '../../shared/protocol/lobby.ts';
import { SERVER_LIMITS } from '../runtime/serverLimits.ts';
import { LobbyClient } from './lobbyClient.ts';
import { RawConnection, frameOf } from './rawConnection.ts';
import { ScriptedSocket } from './scriptedSocket.ts';
import { startServer, type TestServer } from './startServer.ts';

/** Below the limit of one frame, above what a network's buffers take if there are many. */
const LARGE = 'x'.repeat(60_000);
const MANY = 200;

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ limits: { brokerFrameBurst: 2 * MANY } });
}, 60_000);
afterAll(() => server.close());

async function newMatch(): Promise<[Match, Match]> {
  const { event } = await server.register({ callSeconds: 900 });
  const [ann, ben] = await LobbyClient.enterReady(server, event.eventId, 'Ann', 'Ben');
  return Promise.all([ann!.matched(), ben!.matched()]);
}

function seatUrl({ peerId: id, brokerToken: token }: Match): string {
  return `${server.url}/broker/peerjs?${new URLSearchParams({ key: 'peerjs', id, token })}`;
}

async function sit(match: Match): Promise<ScriptedSocket> {
  const socket = await ScriptedSocket.open(seatUrl(match).replace('http', 'ws'));
  await socket.until('OPEN', () => socket.frames[0]);
  return socket;
}

const candidate = (dst: string, payload: unknown) => ({ type: 'CANDIDATE', dst, payload });
const hasPayload = (socket: ScriptedSocket, payload: string) =>
  socket.frames.find((frame) => JSON.stringify(frame).includes(`"payload":"${payload}"`));

it('AT18: who never reads is dropped with what waits for them, and may come back', async () => {
  const [forAnn, forBen] = await newMatch();
  const ann = await RawConnection.upgraded(seatUrl(forAnn));
  const deaf = await RawConnection.upgraded(seatUrl(forBen));
  deaf.socket.pause();
  const send = (payload: string) =>
    ann.write(frameOf({ opcode: 1, payload: JSON.stringify(candidate(forBen.peerId, payload)) }));
  for (let sent = 0; sent < MANY; sent += 1) send(LARGE);
  // The answer to a ping says that all before it has been dealt with.
  ann.write(frameOf({ opcode: 9, payload: 'dealt with' }));
  await ann.until('the pong', (text) => text.includes('dealt with'));
  deaf.socket.resume();
  await deaf.end();
  expect(deaf.bytes.length).toBeLessThan((MANY * LARGE.length) / 2);
  const ben = await sit(forBen);
  send('after');
  await ben.until('the next frame', () => hasPayload(ben, 'after'));
  ann.cut();
});

it('AT18: for who is not there yet no more is kept than for who does not read', async () => {
  const [forAnn, forBen] = await newMatch();
  const ann = await sit(forAnn);
  ann.send(candidate(forBen.peerId, 'first'));
  for (let sent = 0; sent < 20; sent += 1) ann.send(candidate(forBen.peerId, LARGE));
  const again = await sit(forAnn);
  const ben = await sit(forBen);
  again.send(candidate(forBen.peerId, 'last'));
  await ben.until('the last frame', () => hasPayload(ben, 'last'));
  expect(hasPayload(ben, 'first')).toBeDefined();
  const bytes = JSON.stringify(ben.frames).length;
  expect(bytes).toBeLessThan(1.2 * SERVER_LIMITS.brokerBacklogBytes);
});

it('AT15: a frame as deep as it is long harms neither the partner nor the server', async () => {
  const [forAnn, forBen] = await newMatch();
  const [ann, ben] = [await sit(forAnn), await sit(forBen)];
  const deep = '['.repeat(30_000) + ']'.repeat(30_000);
  ann.send(`{"type":"OFFER","dst":"${forBen.peerId}","payload":${deep}}`);
  ann.send(`{"type":"OFFER","__proto__":{"dst":"${forBen.peerId}"},"payload":{}}`);
  ann.send(candidate(forBen.peerId, 'after'));
  await ben.until('the next frame', () => hasPayload(ben, 'after'));
  expect(ben.closeCode).toBeNull();
});

it('AT1: whatever bytes come, the server goes on', async () => {
  const frame = fc.record({
    opcode: fc.nat(15),
    reserved: fc.constantFrom(0, 0, 0, 1, 4),
    fin: fc.boolean(),
    masked: fc.constantFrom(true, true, true, false),
    payload: fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.json()),
  });
  const stories = fc.sample(fc.array(frame, { maxLength: 6 }), { numRuns: 60, seed: 7 });
  const [forAnn, forBen] = await newMatch();
  const talks = stories.map(async (frames, index) => {
    const url = index % 2 === 0 ? `${server.url}/lobby` : seatUrl(forAnn);
    const attacker = await RawConnection.upgraded(url);
    for (const each of frames) attacker.write(frameOf(each));
    attacker.write(frameOf({ opcode: 8 }));
    await attacker.end();
  });
  await Promise.all(talks);
  const [ann, ben] = [await sit(forAnn), await sit(forBen)];
  ann.send(candidate(forBen.peerId, 'after'));
  await ben.until('the next frame', () => hasPayload(ben, 'after'));
});
