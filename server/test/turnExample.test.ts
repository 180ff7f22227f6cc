import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MemberId } from '../../shared/ids.ts';
import { coturn } from '../turn/coturn.ts';
import { askPermissions } from './askAllocation.ts';
import { startCoturn, type Coturn } from './startCoturn.ts';

const EXAMPLE = join(import.meta.dirname, '..', '..', 'compose.yaml');
/** As the world knows the machine; nobody has this one (RFC 5737). */
const PUBLIC = '203.0.113.7';
/** coturn refuses loopback addresses, whatever the rules say. */
const OWN = Object.values(networkInterfaces())
  .flat()
  .find((card) => card?.family === 'IPv4' && !card.internal)?.address;

if (OWN === undefined) console.warn('Skipped: the relay of compose.yaml, which needs a network.');

const clock = { date: () => new Date() };

/** What compose.yaml starts it with. */
async function exampleArguments(): Promise<string> {
  const example = await readFile(EXAMPLE, 'utf8');
  const command = /entrypoint: turnserver\n(?: *#.*\n)* *command: >-\n((?: {6}\S.*\n)+)/u.exec(
    example,
  );
  if (command?.[1] === undefined) throw new Error('compose.yaml has no command for the relay.');
  return command[1];
}

describe.skipIf(OWN === undefined)('the relay of compose.yaml', () => {
  let relay: Coturn;
  beforeAll(async () => {
    const example = await exampleArguments();
    relay = await startCoturn('a-secret-of-tests', (port, secret) =>
      example
        .replaceAll('${TURN_HOST}', PUBLIC)
        .replaceAll(/\$\{TURN_ADDRESS[^}]*\}/gu, OWN!)
        .replaceAll('${TURN_SECRET}', secret)
        .replace('--listening-port=3478', `--listening-port=${port}`)
        .trim()
        .split(/\s+/u),
    );
  });
  afterAll(() => relay?.close());

  it('TN19: lets two who both use it meet, also behind NAT, and leads nobody to private addresses', async () => {
    const service = coturn({ urls: [], secret: relay.secret }, { validMs: 600_000, clock });
    const credentials = service.compute('ann' as MemberId).at(-1)!;
    const hidden = ['10.0.0.1', '127.0.0.1', '169.254.169.254', '172.17.0.1', '192.168.1.1'];
    const peers = [PUBLIC, '198.51.100.1', ...hidden];
    const answers = await askPermissions(relay.port, credentials, peers, OWN);
    const refused = Object.fromEntries(hidden.map((peer) => [peer, 403]));
    expect(answers).toEqual({ [PUBLIC]: 'allowed', '198.51.100.1': 'allowed', ...refused });
  });
});
