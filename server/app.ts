import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { fail, ok, type Result } from '../shared/result.ts';
import { openCluster } from './cluster/openCluster.ts';
import { relaySetup } from './config/relaySetup.ts';
import type { Config } from './config/variables.ts';
import { openStorage, type Storage } from './db/openStorage.ts';
import { storageResult } from './db/storageResult.ts';
import { addRoutes, createHttp } from './http/createHttp.ts';
import { countRelays } from './operation/countRelays.ts';
import { openOperation, type Operation } from './operation/operation.ts';
import { watchedPairs } from './operation/watchedPairs.ts';
import { findPlaces } from './places.ts';
import type { Directory } from './ports/directory.ts';
import type { Tally } from './ports/tally.ts';
import { AllowedOrigins } from './runtime/allowedOrigins.ts';
import { EncryptedSeals } from './runtime/encryptedSeals.ts';
import { EntryLimit } from './runtime/entryLimit.ts';
import type { CreateLobby } from './runtime/lobbyMaker.ts';
import { LobbyRegistry } from './runtime/lobbyRegistry.ts';
import { Pseudonyms } from './runtime/pseudonyms.ts';
import { randomMint } from './runtime/randomMint.ts';
import { Retention } from './runtime/retention.ts';
import { Seating } from './runtime/seating.ts';
import { SERVER_LIMITS, type ServerLimits } from './runtime/serverLimits.ts';
import { systemClock } from './runtime/systemClock.ts';
import { TicketKeys } from './runtime/ticketKeys.ts';
import { Tickets } from './runtime/tickets.ts';
import { TrustedProxies } from './runtime/trustedProxies.ts';
import { LobbySockets } from './transport/lobbySockets.ts';
import { PeerBroker } from './transport/peerBroker.ts';
import { routeUpgrades, type UpgradeHandler } from './transport/upgradeRouter.ts';
import { loggedRelays } from './turn/loggedRelays.ts';
import { relayIceServers } from './turn/relayIceServers.ts';

export interface App {
  /** Starts to answer; the address people on this machine can open. */
  listen(): Promise<string>;
  /** Tells everybody to come back, and settles when all is written and closed. */
  close(): Promise<void>;
  /** For an operator who fears that somebody has read the settings. */
  rotateTicketKeys(): Promise<void>;
}

interface AppOptions {
  readonly log: Logger;
  /** Aborting it closes the app. */
  readonly signal?: AbortSignal;
  readonly limits?: Partial<ServerLimits>;
  /** Tests put lobbies in that break. */
  readonly createLobby?: CreateLobby;
}

/** Clients have this long to answer a close frame before they are cut off; ms. */
const FAREWELL_MS = 1_500;

/** The name of a node that is alone. */
const ALONE = 'main';

const mint = randomMint;
const clock = systemClock;

/** The whole server, composed; tests start exactly this. The error is a sentence for the operator. */
export async function createApp(
  config: Config,
  { log, signal, limits: changes, createLobby }: AppOptions,
): Promise<Result<App, string>> {
  const places = findPlaces(import.meta.dirname);
  const { migrationsFolder } = places;
  const opened = await openStorage({ ...config, migrationsFolder }, log);
  if (!opened.ok) return fail(opened.error);
  const storage = opened.value;
  const limits = { ...SERVER_LIMITS, ...changes };
  const fastify = createHttp(log, limits, new TrustedProxies(config.trustProxy));
  const cluster = await openCluster({ config, clock, instance: mint.id(), log });
  if (!cluster.ok) {
    await storage.close();
    return fail(cluster.error);
  }
  const operation = await openOperation(config, log);
  const stop = new AbortController();
  const opening = { config, storage, ...cluster.value, operation, log, limits };
  const composed = await storageResult(compose(fastify, { ...opening, createLobby, stop }));
  if (!composed.ok) {
    stop.abort();
    await fastify.close();
    cluster.value.directory.close();
    await storage.close();
    await operation.close();
    return composed;
  }
  const parts = composed.value;
  const { publicUrl, ratePerMinute } = config;
  await addRoutes(fastify, { ...parts, publicUrl, ratePerMinute, webRoot: places.webRoot });
  operation.addRoute(fastify);
  const close = closeOnce({ fastify, storage, operation, ...parts });
  signal?.addEventListener('abort', () => void close(), { once: true });
  return ok({
    listen: async () => {
      await fastify.listen({ port: config.port, host: config.host });
      const figures = await operation.listen();
      if (figures !== null) log.info({ url: figures }, 'metrics');
      return addressOf(fastify.server);
    },
    close,
    rotateTicketKeys: () => parts.keys.rotate(),
  });
}

interface Ingredients {
  readonly config: Config;
  readonly storage: Storage;
  readonly directory: Directory;
  readonly tally: Tally;
  readonly operation: Operation;
  readonly log: Logger;
  readonly limits: ServerLimits;
  readonly createLobby: CreateLobby | undefined;
  readonly stop: AbortController;
}

async function compose(
  fastify: FastifyInstance,
  { config, storage, directory, tally, operation, log, limits, createLobby, stop }: Ingredients,
) {
  const { telemetry, tracer } = operation;
  const core = { clock, mint, limits, telemetry, tracer, log };
  const { signal } = stop;
  const { server } = fastify;
  const { events, settings, blocks } = storage;
  const metPairs = watchedPairs(storage.metPairs, core);
  const secret = await settings.keep('pseudonyms', mint.token);
  const pseudonyms = new Pseudonyms(secret);
  const seals = new EncryptedSeals(secret);
  const keys = await TicketKeys.open({ ...core, settings, signal });
  const retention = new Retention({ ...core, retention: storage.retention, signal });
  const origins = new AllowedOrigins(config);
  const node = directory.self?.name ?? ALONE;
  const tickets = new Tickets({ ...core, keys, node, ttlMs: limits.ticketTtlMs });
  const broker = new PeerBroker({ ...core, server, signal });
  const listener = loggedRelays(log, countRelays(telemetry));
  const iceServers = relayIceServers(relaySetup(config), { clock, limits, listener, tracer });
  const lobbyParts = { directory, events, metPairs, blocks, broker, iceServers, createLobby };
  const lobbies = new LobbyRegistry({ ...core, ...lobbyParts, seals });
  operation.countWith(() => lobbies.headcount());
  const seating = new Seating({ ...core, lobbies, directory });
  const sockets = new LobbySockets({ ...core, lobbies, seating, tickets }, signal);
  const routes = socketRoutes(directory, { lobby: sockets.upgrade, broker: broker.upgrade });
  const proxies = new TrustedProxies(config.trustProxy);
  routeUpgrades({ ...core, server, origins, routes, proxies, signal });
  const joining = { pseudonyms, tickets, iceServers, lobbies, seating };
  const services = { directory, events, metPairs, ...joining };
  const readinessChecks = [
    storage.readiness,
    { part: 'directory' as const, works: () => directory.works() },
  ];
  return {
    ...core,
    ...services,
    tally,
    entries: new EntryLimit({ ...core, tally }),
    readinessChecks,
    retention,
    keys,
    origins,
    broker,
    sockets,
    stop,
    stopping: signal,
  };
}

/** A proxy may keep a node's own prefix or take it away. */
function socketRoutes(
  { self }: Directory,
  { lobby, broker }: Record<'lobby' | 'broker', UpgradeHandler>,
): Map<string, UpgradeHandler> {
  const prefixes = self === null ? [''] : ['', `/n/${self.name}`];
  return new Map(
    prefixes.flatMap((prefix): [string, UpgradeHandler][] => [
      [`${prefix}/lobby`, lobby],
      [`${prefix}/broker/peerjs`, broker],
    ]),
  );
}

interface Closing {
  readonly directory: Directory;
  readonly fastify: FastifyInstance;
  readonly storage: Storage;
  readonly operation: Operation;
  readonly retention: Retention;
  readonly stop: AbortController;
  readonly lobbies: LobbyRegistry;
  readonly sockets: LobbySockets;
  readonly broker: PeerBroker;
}

function closeOnce(parts: Closing): () => Promise<void> {
  let closing: Promise<void> | null = null;
  return () => (closing ??= closeAll(parts));
}

async function closeAll(parts: Closing): Promise<void> {
  const { fastify, storage, operation, directory, retention, stop, lobbies, sockets, broker } =
    parts;
  stop.abort();
  await lobbies.stop();
  sockets.closeAll();
  broker.closeAll();
  const cutOff = clock.after(FAREWELL_MS, () => {
    sockets.terminateAll();
    broker.terminateAll();
  });
  await fastify.close();
  cutOff();
  await retention.settled();
  directory.close();
  await storage.close();
  await operation.close();
}

function addressOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  if (address === '0.0.0.0' || address === '::') return `http://127.0.0.1:${port}`;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
