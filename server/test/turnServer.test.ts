import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { printedConfig } from '../config/printedConfig.ts';
import { relaySetup } from '../config/relaySetup.ts';
import { SERVER_LIMITS } from '../runtime/serverLimits.ts';
import { systemClock } from '../runtime/systemClock.ts';
import { loggedRelays } from '../turn/loggedRelays.ts';
import { relayIceServers } from '../turn/relayIceServers.ts';
import { LobbyClient } from './lobbyClient.ts';
import { cloudflareAnswer, startRelayVendor, type RelayVendor } from './relayVendor.ts';
import { startServer, type TestServer } from './startServer.ts';

const CLOUDFLARE = (api: string) => ({
  TURN_CLOUDFLARE_KEY_ID: 'key',
  TURN_CLOUDFLARE_API_TOKEN: 'api-token',
  TURN_CLOUDFLARE_API: api,
});
const SILENT = {
  issued: () => undefined,
  failed: () => undefined,
  breakerChanged: () => undefined,
};
const STUN = { FOYER_ICE_SERVERS: '[{"urls":["stun:stun.example:3478"]}]' };

let api: RelayVendor;
let server: TestServer;
/** A database that opens takes longer than any of the tests. */
async function serve(environment: Record<string, string>): Promise<void> {
  api = await startRelayVendor(() => cloudflareAnswer());
  server = await startServer({ environment: { ...CLOUDFLARE(api.url), ...environment } });
}
async function end(): Promise<void> {
  await server?.close();
  await api?.close();
}

describe('a server with a relay service', () => {
  beforeAll(() => serve(STUN));
  afterAll(end);

  it('TN2: it is asked once for a lobby, before anybody is ready', async () => {
    const { event } = await server.register();
    const ann = await LobbyClient.enter(server, event.eventId);
    expect(api.asked).toHaveLength(1);
    ann.say({ type: 'ready' });
    const { broker } = await ann.next('waiting');
    expect(broker.iceServers).toMatchObject([
      { urls: ['stun:stun.example:3478'] },
      { urls: ['stun:stun.cloudflare.com:3478'] },
      { username: 'some-user', credential: 'some-password' },
    ]);
    const [ben] = await LobbyClient.enterReady(server, event.eventId, 'Ben');
    const matches = [await ann.matched(), await ben!.matched()];
    for (const match of matches) expect(match.iceServers.at(-1)?.username).toBe('some-user');
    expect(api.asked).toHaveLength(1);
  });

  it('TN12: where it gives nothing the lobby says that there is no relay', async () => {
    api.says = () => ({ status: 401 });
    const { event } = await server.register();
    const ann = await LobbyClient.enter(server, event.eventId);
    expect(ann.socket.frames).toContainEqual(expect.objectContaining({ relayAvailable: false }));
    ann.say({ type: 'ready' });
    const { broker } = await ann.next('waiting');
    expect(broker.iceServers).toEqual([{ urls: ['stun:stun.example:3478'] }]);
  });
});

describe('a server with two relay services', () => {
  const relay = { urls: ['turn:turn.example'], username: 'u', credential: 'c' };
  beforeAll(() => serve({ FOYER_ICE_SERVERS: JSON.stringify([relay]) }));
  afterAll(end);

  it('TN16: while the first fails, relays of FOYER_ICE_SERVERS stand in for it', async () => {
    api.says = () => ({ status: 500 });
    const { event } = await server.register({ relayOnly: true });
    const [ann] = await LobbyClient.enterReady(server, event.eventId, 'Ann');
    expect(ann!.socket.frames).toContainEqual(expect.objectContaining({ relayAvailable: true }));
    expect((await ann!.next('waiting')).broker.iceServers).toEqual([relay]);
  });
});

describe('the log', () => {
  it('TN13: says which service failed and why, and none of its secrets', async () => {
    const deaf = await startRelayVendor(() => ({ status: 401, body: { error: 'no api-token' } }));
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) });
    const read = readConfig(CLOUDFLARE(deaf.url));
    if (!read.ok) throw new Error(read.error.join());
    const source = relayIceServers(relaySetup(read.value), {
      clock: systemClock,
      limits: SERVER_LIMITS,
      listener: loggedRelays(log, SILENT),
    });
    const ending = new AbortController();
    await source.open(() => undefined, ending.signal);
    ending.abort();
    await deaf.close();
    expect(lines.join('')).toContain('"service":"cloudflare","cause":"refused"');
    expect(lines.join('')).not.toContain('api-token');
  });
});

describe('the settings', () => {
  it.each([
    [
      { TURN_CLOUDFLARE_KEY_ID: 'key' },
      /^TURN_CLOUDFLARE_KEY_ID is set and TURN_CLOUDFLARE_API_TOKEN is not/,
    ],
    [
      { TURN_METERED_SECRET_KEY: 'secret-key' },
      /^TURN_METERED_SECRET_KEY is set and TURN_METERED_URL is not/,
    ],
    [{ TURN_METERED_URL: 'metered.live' }, /^TURN_METERED_URL must be/],
    [
      { TURN_COTURN_URLS: 'turn:turn.example' },
      /^TURN_COTURN_URLS is set and TURN_COTURN_SECRET is not/,
    ],
    [
      { TURN_COTURN_URLS: 'stun:turn.example', TURN_COTURN_SECRET: '12345678' },
      /^TURN_COTURN_URLS must be/,
    ],
    [
      { TURN_COTURN_URLS: 'https://turn.example', TURN_COTURN_SECRET: '12345678' },
      /^TURN_COTURN_URLS must be/,
    ],
    [
      { TURN_COTURN_URLS: 'turn:turn.example', TURN_COTURN_SECRET: '1234567' },
      /^TURN_COTURN_SECRET is too short/,
    ],
    [{ TURN_CLOUDFLARE_API: 'cloudflare' }, /^TURN_CLOUDFLARE_API must be/],
    [{ TURN_ORDER: 'coturn,twilio' }, /^TURN_ORDER must name/],
    [{ TURN_ORDER: 'coturn,coturn' }, /^TURN_ORDER must name/],
    [{ TURN_ORDER: 'coturn' }, /^TURN_ORDER names coturn, which is not set up/],
    [
      {
        TURN_ORDER: 'coturn',
        TURN_COTURN_URLS: 'turn:a.example',
        TURN_COTURN_SECRET: '12345678',
        FOYER_ICE_SERVERS: '[{"urls":["turn:b.example"]}]',
      },
      /^TURN_ORDER does not name static, which is set up/,
    ],
  ])('TN14: %o is told in one sentence', (environment, sentence) => {
    const read = readConfig(environment);
    expect(read.ok ? [] : read.error).toEqual([expect.stringMatching(sentence)]);
    expect(read.ok ? [] : read.error).toEqual([expect.stringMatching(/^[^\n]*\.$/)]);
  });

  it('TN13: their secrets are not printed', () => {
    const secrets = {
      TURN_CLOUDFLARE_API_TOKEN: 'secret-one',
      TURN_METERED_SECRET_KEY: 'secret-two',
      TURN_COTURN_SECRET: 'secret-three',
    };
    expect(printedConfig(secrets)).not.toMatch(/secret-(one|two|three)/);
  });
});
