import { afterAll, beforeAll, expect, it } from 'vitest';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import { SERVER_LIMITS } from '../runtime/serverLimits.ts';
import { RawConnection, frameOf } from './rawConnection.ts';
import { anyToken, startServer, type TestServer } from './startServer.ts';

/** Below what each socket may say at once, and together more than their address may. */
const SOCKETS = 20;
const SAID_BY_EACH = 15;
const FRAMES = 200;
const BYTES = 20_000;
const PING = frameOf({ opcode: 9, payload: 'x' });

let server: TestServer;
beforeAll(async () => {
  const limits = {
    addressFrameBurst: FRAMES,
    addressFramesPerSecond: 0.001,
    addressByteBurst: BYTES,
    addressBytesPerSecond: 0.001,
  };
  server = await startServer({ limits, environment: { FOYER_RATE_PER_MINUTE: '60' } });
}, 60_000);
afterAll(() => server.close());

/** As a proxy on this machine hands it on. */
const from = (address: string) =>
  RawConnection.upgraded(`${server.url}/lobby`, { 'X-Forwarded-For': address });
const manyFrom = (address: string) =>
  Promise.all(Array.from({ length: SOCKETS }, () => from(address)));

async function expectAnswer(connection: RawConnection): Promise<void> {
  const message = JSON.stringify({ type: 'ping' });
  connection.write(frameOf({ opcode: 1, payload: message }));
  await connection.until('pong', (text) => text.includes('"pong"'));
}

/** Every ping is, or there is a close frame (RFC 6455, section 5.2: 0x8a and 0x88). */
function isAnswered(text: string): boolean {
  return text.split('\x8a\x01x').length > SAID_BY_EACH || text.includes('\x88\x02');
}

it('AT19: sockets of one address that say too much together are closed, and no other address notices', async () => {
  const other = await from('203.0.113.8');
  const together = await manyFrom('203.0.113.7');
  const burst = Buffer.concat(Array.from({ length: SAID_BY_EACH }, () => PING));
  for (const one of together) one.write(burst);
  for (const one of together) await one.until('pongs or a close', isAnswered);
  for (const one of together) one.write(PING);
  for (const one of together) expect(await one.closeCode()).toBe(CLOSE.flooding);
  await expectAnswer(other);
  // Fresh sockets have no fresh account, whatever the address says that it comes from.
  const late = await from('198.51.100.1, 203.0.113.7');
  late.write(PING);
  expect(await late.closeCode()).toBe(CLOSE.flooding);
  const spared = await from('198.51.100.1');
  await expectAnswer(spared);
  for (const one of [...together, other, late, spared]) one.cut();
});

it('AT19: bytes count as well', async () => {
  const together = await manyFrom('203.0.113.9');
  const padded = JSON.stringify({ type: 'ping' }).padEnd(BYTES / SOCKETS);
  for (const one of together) one.write(frameOf({ opcode: 1, payload: padded }));
  for (const one of together) await one.until('pong', (text) => text.includes('"pong"'));
  for (const one of together) one.write(frameOf({ opcode: 1, payload: '{"type":"ping"}' }));
  for (const one of together) expect(await one.closeCode()).toBe(CLOSE.flooding);
  for (const one of together) one.cut();
});

it('AT19: forty people behind one address may each say all that one may', () => {
  const { lobbyFramesPerSecond, brokerFramesPerSecond, lobbyFrameBurst, brokerFrameBurst } = LIMITS;
  const { addressFramesPerSecond, addressFrameBurst } = SERVER_LIMITS;
  const { addressBytesPerSecond, addressByteBurst } = SERVER_LIMITS;
  expect(40 * (lobbyFramesPerSecond + brokerFramesPerSecond)).toBeLessThan(addressFramesPerSecond);
  expect(40 * (lobbyFrameBurst + brokerFrameBurst)).toBeLessThan(addressFrameBurst);
  expect(40 * LIMITS.lobbyBytesPerSecond).toBeLessThan(addressBytesPerSecond);
  expect(40 * LIMITS.lobbyByteBurst).toBeLessThan(addressByteBurst);
});

it('AT20: of an address that joins without end 40 get in at once, the rest reads when to come again, each at a time of their own', async () => {
  const { eventId } = (await server.register()).event;
  const join = (address: string) =>
    server.request('POST', `/api/events/${eventId}/join`, {
      body: { displayName: 'Eve', deviceToken: anyToken() },
      headers: { 'X-Forwarded-For': address },
    });
  const answers = await Promise.all(Array.from({ length: 60 }, () => join('203.0.113.9')));
  const refused = answers.filter(({ status }) => status === 429);
  // One a second comes on top, should this take longer.
  expect(refused.length).toBeGreaterThan(10);
  expect(refused.length).toBeLessThanOrEqual(20);
  // One after another, a second apart; a second that has passed meanwhile may bring one more in.
  const told = refused.map(({ headers }) => Number(headers.get('retry-after')));
  expect(told).toEqual(told.toSorted((one, other) => one - other));
  expect(told[0]).toBe(1);
  expect(told.at(-1)).toBeGreaterThanOrEqual(refused.length - 1);
  expect((await join('203.0.113.10')).status).toBe(200);
});
