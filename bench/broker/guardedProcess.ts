import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import type { PeerId } from '../../shared/ids.ts';
import { silentTelemetry } from '../../server/ports/telemetry.ts';
import { AllowedOrigins } from '../../server/runtime/allowedOrigins.ts';
import { SERVER_LIMITS } from '../../server/runtime/serverLimits.ts';
import { TrustedProxies } from '../../server/runtime/trustedProxies.ts';
import { systemClock } from '../../server/runtime/systemClock.ts';
import { PeerBroker } from '../../server/transport/peerBroker.ts';
import { routeUpgrades } from '../../server/transport/upgradeRouter.ts';
import { benchPeer } from './seatUrl.ts';

/**
 * Foyer's broker with all its guards, behind Foyer's router of upgrades, and its seats opened as a
 * lobby opens them. Only the number of frames is not limited, for that is what is measured.
 */
const PAIRS = Number(process.argv[2]);
const NO_LIMIT = 1e9;
const telemetry = silentTelemetry;
const proxies = new TrustedProxies([]);
const { signal } = new AbortController();
const limits = {
  ...SERVER_LIMITS,
  brokerFrameBurst: NO_LIMIT,
  brokerFramesPerSecond: NO_LIMIT,
};

const server = createServer();
const log = pino({ level: 'silent' });
const broker = new PeerBroker({ server, clock: systemClock, limits, log, telemetry, signal });
const origins = new AllowedOrigins({ publicUrl: null, extensionIds: [], origins: [] });
const routes = new Map([['/broker/peerjs', broker.upgrade]]);
routeUpgrades({ server, origins, routes, limits, telemetry, signal, proxies, clock: systemClock });

const seatOf = (index: number) => {
  const { peerId, brokerToken } = benchPeer(index);
  return { peerId: peerId as PeerId, brokerToken };
};
for (let pair = 0; pair < PAIRS; pair += 1) broker.open([seatOf(2 * pair), seatOf(2 * pair + 1)]);

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(JSON.stringify({ msg: 'listening', url: `http://127.0.0.1:${port}` }));
});

process.on('SIGTERM', () => process.exit(0));
