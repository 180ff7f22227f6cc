import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MemberId } from '../../shared/ids.ts';
import type { ServerMessage } from '../../shared/protocol/lobby.ts';
import { SERVER_LIMITS } from '../runtime/serverLimits.ts';
import { systemClock } from '../runtime/systemClock.ts';
import { askBinding } from '../turn/askBinding.ts';
import { relayIceServers } from '../turn/relayIceServers.ts';
import { relayAddress, type RelayAddress } from '../turn/relayAddress.ts';
import { figuresOf } from './figuresOf.ts';
import { freePort } from './freePort.ts';
import { LobbyClient } from './lobbyClient.ts';
import { startCoturn, type Coturn } from './startCoturn.ts';
import { startServer, type TestServer } from './startServer.ts';

const NEVER = new AbortController().signal;
const TOKEN = 'a-token-for-the-figures';
const STAND_IN = { urls: ['turn:stand-in.example'], username: 'u', credential: 'c' };
const PROBE_MS = 500;
const HERE = { host: '127.0.0.1' };

let relay: Coturn;
beforeAll(async () => (relay = await startCoturn()));
afterAll(() => relay?.close());

const ask = (address: RelayAddress) => askBinding(address, { signal: NEVER, timeoutMs: 2_000 });

it.each([
  ['turn:turn.example', { host: 'turn.example', port: 3478, transport: 'udp' }],
  ['turn:turn.example:80?transport=udp', { host: 'turn.example', port: 80, transport: 'udp' }],
  ['turn:10.0.0.1:3478?transport=tcp', { host: '10.0.0.1', port: 3478, transport: 'tcp' }],
  ['TURNS:turn.example', { host: 'turn.example', port: 5349, transport: 'tls' }],
  ['turns:[2001:db8::1]:443?transport=tcp', { host: '2001:db8::1', port: 443, transport: 'tls' }],
  ['stun:turn.example', null],
  ['turn:', null],
])('TN17: %s is asked where browsers would', (url, address) => {
  expect(relayAddress(url)).toEqual(address);
});

describe('a relay that is asked whether it is there', () => {
  it.each(['udp', 'tcp'] as const)('TN17: a real coturn answers over %s', async (transport) => {
    expect(await ask({ ...HERE, port: relay.port, transport })).toEqual({ ok: true, value: null });
  });

  it.each(['udp', 'tcp', 'tls'] as const)('TN17: nobody is there over %s', async (transport) => {
    const answer = await ask({ ...HERE, port: await freePort(), transport });
    expect(answer).toEqual({ ok: false, error: 'unreachable' });
  });

  it('TN17: silence ends with the timeout, and an answer to something else is none', async () => {
    const other = createSocket('udp4').bind(0, '127.0.0.1');
    await once(other, 'listening');
    const address = { ...HERE, port: other.address().port, transport: 'udp' } as const;
    const silence = askBinding(address, { signal: NEVER, timeoutMs: 100 });
    expect(await silence).toEqual({ ok: false, error: 'timedOut' });
    other.on('message', (request, { port }) => other.send(request, port, '127.0.0.1'));
    expect(await ask(address)).toEqual({ ok: false, error: 'notUnderstood' });
    other.close();
  });
});

/** The relay's state as the last message of the lobby has it. */
function relayThere({ socket }: LobbyClient): boolean | undefined {
  const frames = socket.frames as ServerMessage[];
  const told = frames.findLast(({ type }) => type === 'welcome' || type === 'relay');
  if (told?.type === 'welcome') return told.relayAvailable;
  return told?.type === 'relay' ? told.available : undefined;
}

describe('a server whose coturn comes and goes', () => {
  const coturn = () => ({
    TURN_COTURN_URLS: `turn:127.0.0.1:${relay.port}`,
    TURN_COTURN_SECRET: relay.secret,
    FOYER_METRICS_TOKEN: TOKEN,
  });
  let alone: TestServer;
  beforeAll(async () => {
    alone = await startServer({ environment: coturn(), limits: { relayProbeMs: PROBE_MS } });
  }, 120_000);
  afterAll(() => alone?.close());

  const breakerOf = async (server: TestServer) =>
    (await figuresOf(server, TOKEN)).get('foyer_relay_breaker_open{service="coturn"}');

  it('TN18: the lobby is told that there is no relay, and that it is back', async () => {
    const { event } = await alone.register();
    const ann = await LobbyClient.enter(alone, event.eventId);
    expect(relayThere(ann)).toBe(true);
    await relay.kill();
    expect((await ann.next('relay')).available).toBe(false);
    expect(await breakerOf(alone)).toBe(1);
    // A lobby that opens meanwhile does not begin with it.
    const { event: other } = await alone.register();
    const ben = await LobbyClient.enter(alone, other.eventId);
    expect(relayThere(ben)).toBe(false);
    await relay.start();
    for (const one of [ann, ben]) expect((await one.next('relay')).available).toBe(true);
    expect(await breakerOf(alone)).toBe(0);
  });
});

it('TN18: the next in the order stands in for a coturn that is away', async () => {
  const states: string[] = [];
  const source = relayIceServers(
    {
      order: ['coturn', 'static'],
      cloudflare: null,
      metered: null,
      coturn: { urls: [`turn:127.0.0.1:${relay.port}`], secret: relay.secret },
      iceServers: [STAND_IN],
    },
    {
      clock: systemClock,
      limits: { ...SERVER_LIMITS, relayProbeMs: PROBE_MS },
      listener: {
        issued: () => undefined,
        failed: () => undefined,
        breakerChanged: (service, state) => states.push(`${service} ${state}`),
      },
    },
  );
  const ending = new AbortController();
  const changes: boolean[] = [];
  const lobby = await source.open((relays) => changes.push(relays), ending.signal);
  const first = () => lobby.issue('ann' as MemberId)[0]?.urls[0];
  const own = `turn:127.0.0.1:${relay.port}`;
  expect(first()).toBe(own);
  await relay.kill();
  await expect.poll(first, { timeout: 15_000 }).toBe(STAND_IN.urls[0]);
  await relay.start();
  await expect.poll(first, { timeout: 15_000 }).toBe(own);
  expect(states).toEqual(['coturn open', 'coturn closed']);
  expect(changes).toEqual([true]);
  ending.abort();
});
