import { afterAll, beforeAll, expect, it } from 'vitest';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import type { Match } from '../../shared/protocol/lobby.ts';
import { LobbyClient, startTalking } from './lobbyClient.ts';
import { ScriptedSocket } from './scriptedSocket.ts';
import { anyToken, startServer, type TestServer } from './startServer.ts';

const OPEN = { type: 'OPEN' };
let server: TestServer;

beforeAll(async () => {
  server = await startServer();
}, 60_000);
afterAll(() => server.close());

interface Ends {
  readonly lobby: readonly [LobbyClient, LobbyClient];
  readonly matches: readonly [Match, Match];
}

async function newMatch(): Promise<Ends> {
  const { event } = await server.register({ callSeconds: 900 });
  const [ann, ben] = await LobbyClient.enterReady(server, event.eventId, 'Ann', 'Ben');
  const matches = await Promise.all([ann!.matched(), ben!.matched()]);
  return { lobby: [ann!, ben!], matches };
}

function brokerUrl(query: Record<string, string>): string {
  const base = server.url.replace('http', 'ws');
  return `${base}/broker/peerjs?${new URLSearchParams({ key: 'peerjs', version: '1', ...query })}`;
}

function seatUrl({ peerId, brokerToken }: Match): string {
  return brokerUrl({ id: peerId, token: brokerToken });
}

async function sit(match: Match): Promise<ScriptedSocket> {
  const socket = await ScriptedSocket.open(seatUrl(match));
  await socket.until('OPEN', () => socket.frames.find((frame) => isType(frame, 'OPEN')));
  return socket;
}

const offer = (dst: string) => ({ type: 'OFFER', dst, payload: { sdp: 'v=0', type: 'media' } });

function isType(frame: unknown, type: string): boolean {
  return typeof frame === 'object' && frame !== null && 'type' in frame && frame.type === type;
}

/** The partner's next frame after a marker: whatever should not have passed would come first. */
async function expectOnly(from: ScriptedSocket, to: ScriptedSocket, dst: string): Promise<void> {
  const before = to.frames.length;
  from.send({ type: 'CANDIDATE', dst, payload: 'marker' });
  const frame = await to.until('the marker', () => to.frames[before]);
  expect(frame).toMatchObject({ type: 'CANDIDATE', payload: 'marker' });
}

it('BR1: offer, answer and candidate pass between the two of a match, with the true sender', async () => {
  const { matches } = await newMatch();
  const [ann, ben] = [await sit(matches[0]), await sit(matches[1])];
  ann.send({ ...offer(matches[1].peerId), src: 'forged' });
  const got = await ben.until('the offer', () => ben.frames[1]);
  expect(got).toMatchObject({ ...offer(matches[1].peerId), src: matches[0].peerId });
  ben.send({ type: 'ANSWER', dst: matches[0].peerId, payload: {} });
  expect(await ann.until('the answer', () => ann.frames[1])).toMatchObject({ type: 'ANSWER' });
});

it('BR2: an offer waits for a partner whose socket comes later', async () => {
  const { matches } = await newMatch();
  const ann = await sit(matches[0]);
  ann.send(offer(matches[1].peerId));
  const ben = await sit(matches[1]);
  await ben.until('the offer', () => ben.frames.find((frame) => isType(frame, 'OFFER')));
});

it.each(['LEAVE', 'EXPIRE', 'OPEN', 'ERROR', 'ID-TAKEN', 'DANCE', 7, null])(
  'BR3: a frame of type %s does not pass',
  async (type) => {
    const { matches } = await newMatch();
    const [ann, ben] = [await sit(matches[0]), await sit(matches[1])];
    ann.send({ type, dst: matches[1].peerId, payload: {} });
    ann.send({ type });
    await expectOnly(ann, ben, matches[1].peerId);
  },
);

it('BR4: nothing passes to or from somebody who is not the partner', async () => {
  const [one, two] = [await newMatch(), await newMatch()];
  const [ann, ben] = [await sit(one.matches[0]), await sit(one.matches[1])];
  const [cem, dag] = [await sit(two.matches[0]), await sit(two.matches[1])];
  for (const stranger of [two.matches[0], two.matches[1], one.matches[0]]) {
    ann.send(offer(stranger.peerId));
    ann.send({ type: 'ANSWER', dst: stranger.peerId, payload: {} });
    ann.send({ type: 'CANDIDATE', dst: stranger.peerId, payload: {} });
  }
  // Once the partner has what ann sent last, all that she sent before has been dealt with.
  await expectOnly(ann, ben, one.matches[1].peerId);
  await expectOnly(cem, dag, two.matches[1].peerId);
  await expectOnly(dag, cem, two.matches[0].peerId);
  for (const socket of [cem, dag]) {
    expect(socket.frames).toMatchObject([OPEN, { payload: 'marker' }]);
  }
  expect(ann.frames).toEqual([OPEN]);
});

it.each([
  ['no JSON', '{'],
  ['null', 'null'],
  ['a number', '7'],
  ['a string', '"OFFER"'],
  ['a list', '[]'],
  ['an object as address', '{"type":"OFFER","dst":{"a":1}}'],
])('BR5: %s is ignored and harms nobody', async (_, frame) => {
  const { matches } = await newMatch();
  const [ann, ben] = [await sit(matches[0]), await sit(matches[1])];
  ann.send(frame);
  await expectOnly(ann, ben, matches[1].peerId);
});

it('BR6: a frame above 64 kB closes the socket', async () => {
  const { matches } = await newMatch();
  const ann = await sit(matches[0]);
  ann.send({ ...offer(matches[1].peerId), payload: 'x'.repeat(LIMITS.brokerFrameBytes) });
  expect(await ann.closed()).toBe(1009);
});

it('BR7: a flood closes the socket', async () => {
  const { matches } = await newMatch();
  const ann = await sit(matches[0]);
  for (let sent = 0; sent <= LIMITS.brokerFrameBurst; sent += 1) ann.send({ type: 'HEARTBEAT' });
  expect(await ann.closed()).toBe(CLOSE.flooding);
});

it('BR8: a wrong token, an unknown id, a missing token and a wrong key are refused', async () => {
  const { matches } = await newMatch();
  const { peerId: id, brokerToken: token } = matches[0];
  const refused = [
    brokerUrl({ id, token: anyToken() }),
    brokerUrl({ id, token: `${token}x` }),
    brokerUrl({ id: 'unknown1', token }),
    brokerUrl({ id }),
    brokerUrl({ id, token, key: 'other' }),
    brokerUrl({ id, token: matches[1].brokerToken }),
  ];
  for (const url of refused) expect(await ScriptedSocket.refusal(url)).toBe(401);
});

it('BR9: another page may not connect', async () => {
  const { matches } = await newMatch();
  for (const origin of ['https://evil.example', null]) {
    expect(await ScriptedSocket.refusal(seatUrl(matches[0]), { origin })).toBe(403);
  }
});

it('BR10: a reconnect with the same id and token gets OPEN again and replaces the old socket', async () => {
  const { matches } = await newMatch();
  const [ann, ben] = [await sit(matches[0]), await sit(matches[1])];
  const again = await sit(matches[0]);
  expect(await ann.closed()).toBe(1006);
  expect(again.frames[0]).toEqual(OPEN);
  await expectOnly(again, ben, matches[1].peerId);
  await expectOnly(ben, again, matches[0].peerId);
});

it('BR11: when the match is over its sockets close and its seats are void', async () => {
  const { lobby, matches } = await newMatch();
  const [ann, ben] = [await sit(matches[0]), await sit(matches[1])];
  lobby[0].say({ type: 'endCall', matchId: matches[0].matchId, reason: 'left' });
  expect(await ann.closed()).toBe(CLOSE.matchOver);
  expect(await ben.closed()).toBe(CLOSE.matchOver);
  expect(await ScriptedSocket.refusal(seatUrl(matches[0]))).toBe(401);
});

it('BR12: the broker stays open while connecting, live and in the goodbye', async () => {
  const { event } = await server.register();
  const [ann, ben] = await LobbyClient.enterReady(server, event.eventId, 'Ann', 'Ben');
  const match = await startTalking(ann!, ben!);
  const socket = await sit(match);
  await ann!.next('goodbye');
  expect(socket.closeCode).toBeNull();
  await ann!.next('ended');
  expect(await socket.closed()).toBe(CLOSE.matchOver);
});

it('BR13: who waits may sit at the broker, reaches nobody, and keeps the socket for the match', async () => {
  const { event } = await server.register({ callSeconds: 900 });
  const [ann] = await LobbyClient.enterReady(server, event.eventId, 'Ann');
  const { broker } = await ann!.next('waiting');
  const socket = await ScriptedSocket.open(
    brokerUrl({ id: broker.peerId, token: broker.brokerToken }),
  );
  await socket.until('OPEN', () => socket.frames.find((frame) => isType(frame, 'OPEN')));
  socket.send(offer(broker.peerId));
  socket.send(offer('somebodyElse'));
  const [ben] = await LobbyClient.enterReady(server, event.eventId, 'Ben');
  const match = await ben!.matched();
  const other = await sit(match);
  await expectOnly(socket, other, match.peerId);
  await expectOnly(other, socket, broker.peerId);
});
