import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import type { Match } from '../../shared/protocol/lobby.ts';
import { SERVER_LIMITS } from '../runtime/serverLimits.ts';
import { LobbyClient } from './lobbyClient.ts';
import { RawConnection, frameOf, type FrameShape } from './rawConnection.ts';
import { startServer, type TestServer } from './startServer.ts';

/** What RFC 6455 calls a broken protocol, text that is no UTF-8, a breach of rules, and too much. */
const [BROKEN, NOT_UTF8, RULES, TOO_BIG] = [1002, 1007, 1008, 1009];
const MEGABYTE = 2 ** 20;

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
}, 60_000);
afterAll(() => server.close());

const lobbyUrl = () => `${server.url}/lobby`;

async function newMatch(): Promise<[Match, Match]> {
  const { event } = await server.register({ callSeconds: 900 });
  const [ann, ben] = await LobbyClient.enterReady(server, event.eventId, 'Ann', 'Ben');
  return Promise.all([ann!.matched(), ben!.matched()]);
}

async function brokerUrl(): Promise<string> {
  const [{ peerId: id, brokerToken: token }] = await newMatch();
  return `${server.url}/broker/peerjs?${new URLSearchParams({ key: 'peerjs', id, token })}`;
}

const PLACES = [
  { place: 'lobby', url: async () => lobbyUrl(), limit: LIMITS.lobbyFrameBytes },
  { place: 'broker', url: brokerUrl, limit: LIMITS.brokerFrameBytes },
];

/** Whoever came before has harmed nobody. */
async function expectHealthy(): Promise<void> {
  await newMatch();
}

describe.each(PLACES)('at the $place', ({ url, limit }) => {
  it.each<[string, FrameShape, number]>([
    ['without a mask', { opcode: 1, payload: '{}', masked: false }, BROKEN],
    ['of an unknown kind', { opcode: 3, payload: '{}' }, BROKEN],
    ['of an unknown control kind', { opcode: 11 }, BROKEN],
    ['with reserved bits', { opcode: 1, payload: '{}', reserved: 2 }, BROKEN],
    ['that says it is compressed', { opcode: 1, payload: '{}', reserved: 4 }, BROKEN],
    ['that goes on with nothing', { opcode: 0, payload: '{}' }, BROKEN],
    ['a ping in pieces', { opcode: 9, fin: false }, BROKEN],
    ['a ping too long', { opcode: 9, payload: 'x'.repeat(126) }, BROKEN],
    ['a close of one byte', { opcode: 8, payload: 'x' }, BROKEN],
    ['a close with a code of nobody', { opcode: 8, payload: new Uint8Array([3, 237]) }, BROKEN],
    ['a text that is no UTF-8', { opcode: 1, payload: new Uint8Array([0xc3, 0x28]) }, NOT_UTF8],
    ['half a surrogate pair', { opcode: 1, payload: new Uint8Array([237, 160, 128]) }, NOT_UTF8],
    ['said to have 2^63 bytes', { opcode: 1, claimedLength: 2n ** 63n }, TOO_BIG],
    ['said to have 20 MB', { opcode: 1, claimedLength: 20n * BigInt(MEGABYTE) }, TOO_BIG],
  ])('AT1: a frame %s closes the socket and harms nobody', async (_, frame, code) => {
    const attacker = await RawConnection.upgraded(await url());
    attacker.write(frameOf(frame));
    expect(await attacker.closeCode()).toBe(code);
    attacker.cut();
    await expectHealthy();
  });

  it('AT2: 20 MB in one frame are refused at its header and not kept', async () => {
    const attacker = await RawConnection.upgraded(await url());
    const before = process.memoryUsage.rss();
    const megabyte = new Uint8Array(MEGABYTE);
    attacker.write(frameOf({ opcode: 2, claimedLength: 20n * BigInt(MEGABYTE) }));
    for (let sent = 0; sent < 20; sent += 1) attacker.write(megabyte);
    expect(await attacker.closeCode()).toBe(TOO_BIG);
    // The attacker, in this same process, holds the 20 MB; twice as much would be the server's.
    expect(process.memoryUsage.rss() - before).toBeLessThan(40 * MEGABYTE);
    attacker.cut();
  });

  it('AT2: 20 MB in pieces that are each allowed are refused at the limit', async () => {
    const attacker = await RawConnection.upgraded(await url());
    const piece = ' '.repeat(limit / 4);
    attacker.write(frameOf({ opcode: 1, payload: piece, fin: false }));
    for (let sent = 1; sent < 5; sent += 1) {
      attacker.write(frameOf({ opcode: 0, payload: piece, fin: false }));
    }
    expect(await attacker.closeCode()).toBe(TOO_BIG);
    attacker.cut();
  });

  it('AT3: thousands of tiny pieces of one message close the socket', async () => {
    const attacker = await RawConnection.upgraded(await url());
    const piece = frameOf({ opcode: 0, payload: 'x', fin: false });
    const pieces = Array.from({ length: SERVER_LIMITS.fragmentsPerMessage }, () => piece);
    attacker.write(Buffer.concat([frameOf({ opcode: 1, payload: 'x', fin: false }), ...pieces]));
    expect(await attacker.closeCode()).toBe(RULES);
    attacker.cut();
    await expectHealthy();
  });

  it('AT3: pieces without end and without content close the socket', async () => {
    const attacker = await RawConnection.upgraded(await url());
    const piece = frameOf({ opcode: 0, fin: false });
    const pieces = Array.from({ length: 5_000 }, () => piece);
    attacker.write(Buffer.concat([frameOf({ opcode: 1, fin: false }), ...pieces]));
    expect(await attacker.closeCode()).toBe(RULES);
    attacker.cut();
  });

  it.each([
    ['pings', 9],
    ['pongs', 10],
  ])('AT4: a flood of %s closes the socket, and its end is not waited for', async (_, opcode) => {
    const attacker = await RawConnection.upgraded(await url());
    const frames = Array.from({ length: 1_000 }, () => frameOf({ opcode, payload: 'x' }));
    attacker.write(Buffer.concat(frames));
    await attacker.end();
    await expectHealthy();
  });

  it('AT5: compression is never agreed to, so nothing can swell', async () => {
    const offer = { 'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits' };
    const client = await RawConnection.upgraded(await url(), offer);
    expect(client.text).toContain('101 Switching Protocols');
    expect(client.text.toLowerCase()).not.toContain('sec-websocket-extensions');
    client.cut();
  });
});

it('AT4: a flooder who does not stop when told is cut off, and the partner gets nothing more', async () => {
  const [forAnn, forBen] = await newMatch();
  const seat = ({ peerId: id, brokerToken: token }: Match) =>
    `${server.url}/broker/peerjs?${new URLSearchParams({ key: 'peerjs', id, token })}`;
  const ann = await RawConnection.upgraded(seat(forAnn));
  const ben = await RawConnection.upgraded(seat(forBen));
  await ben.until('OPEN', (text) => text.includes('OPEN'));
  const candidate = { type: 'CANDIDATE', dst: forBen.peerId, payload: 'flood' };
  const frame = frameOf({ opcode: 1, payload: JSON.stringify(candidate) });
  ann.write(Buffer.concat(Array.from({ length: 10 * LIMITS.brokerFrameBurst }, () => frame)));
  await ann.end();
  ben.write(frameOf({ opcode: 9, payload: 'after' }));
  await ben.until('the pong', (text) => text.includes('after'));
  // The bucket fills by a few while the flood is read.
  expect(ben.text.split('"flood"').length - 1).toBeLessThan(1.2 * LIMITS.brokerFrameBurst);
  expect(ann.text).toContain(String.fromCharCode(CLOSE.flooding >> 8, CLOSE.flooding & 255));
});
