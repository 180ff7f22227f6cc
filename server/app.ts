import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { fail, ok, type Result } from '../shared/result.ts';
import type { Config } from './config/variables.ts';
import { databaseEvents } from './db/databaseEvents.ts';
import { databaseMetPairs } from './db/databaseMetPairs.ts';
import { keptSecret } from './db/keptSecret.ts';
import { openDatabase, type OpenDatabase } from './db/openDatabase.ts';
import { addRoutes, createHttp } from './http/createHttp.ts';
import { findPlaces } from './places.ts';
import { AllowedOrigins } from './runtime/allowedOrigins.ts';
import { LobbyRegistry } from './runtime/lobbyRegistry.ts';
import { Pseudonyms } from './runtime/pseudonyms.ts';
import { randomMint } from './runtime/randomMint.ts';
import { SERVER_LIMITS, type ServerLimits } from './runtime/serverLimits.ts';
import { systemClock } from './runtime/systemClock.ts';
import { Tickets } from './runtime/tickets.ts';
import { LobbySockets } from './transport/lobbySockets.ts';
import { PeerBroker } from './transport/peerBroker.ts';
import { routeUpgrades } from './transport/upgradeRouter.ts';
import { staticIceServers } from './turn/staticIceServers.ts';

export interface App {
  /** Starts to answer; the address people on this machine can open. */
  listen(): Promise<string>;
  /** Tells everybody to come back, and settles when all is written and closed. */
  close(): Promise<void>;
}

interface AppOptions {
  readonly log: Logger;
  /** Aborting it closes the app. */
  readonly signal?: AbortSignal;
  readonly limits?: Partial<ServerLimits>;
}

/** Clients have this long to answer a close frame before they are cut off; ms. */
const FAREWELL_MS = 1_500;

const mint = randomMint;
const clock = systemClock;

/** The whole server, composed; tests start exactly this. The error is a sentence for the operator. */
export async function createApp(
  config: Config,
  { log, signal, limits: changes }: AppOptions,
): Promise<Result<App, string>> {
  const places = findPlaces(import.meta.dirname);
  const opened = await openDatabase({
    data: config.data,
    migrationsFolder: places.migrationsFolder,
  });
  if (!opened.ok) return fail(opened.error);
  const limits = { ...SERVER_LIMITS, ...changes };
  const fastify = createHttp(log);
  const parts = await compose(fastify, { config, opened: opened.value, log, limits });
  const { publicUrl, ratePerMinute } = config;
  await addRoutes(fastify, { ...parts, publicUrl, ratePerMinute, webRoot: places.webRoot });
  const close = closeOnce({ fastify, opened: opened.value, ...parts });
  signal?.addEventListener('abort', () => void close(), { once: true });
  return ok({
    listen: async () => {
      await fastify.listen({ port: config.port, host: config.host });
      return addressOf(fastify.server);
    },
    close,
  });
}

interface Ingredients {
  readonly config: Config;
  readonly opened: OpenDatabase;
  readonly log: Logger;
  readonly limits: ServerLimits;
}

async function compose(fastify: FastifyInstance, { config, opened, log, limits }: Ingredients) {
  const stop = new AbortController();
  const { database } = opened;
  const events = databaseEvents(database);
  const metPairs = databaseMetPairs(database, log);
  const pseudonyms = new Pseudonyms(await keptSecret(database, 'pseudonyms', mint.token));
  const origins = new AllowedOrigins(config.publicUrl, config.origins);
  const tickets = new Tickets({ clock, mint, ttlMs: limits.ticketTtlMs });
  const broker = new PeerBroker({ server: fastify.server, clock, limits, log });
  const iceServers = staticIceServers(config.iceServers);
  const lobbies = new LobbyRegistry({
    ...{ events, metPairs, broker, clock, mint, limits, log },
    relayAvailable: iceServers.relays,
  });
  const sockets = new LobbySockets({ lobbies, tickets, clock, limits, log }, stop.signal);
  const routes = new Map([
    ['/lobby', sockets.upgrade],
    ['/broker/peerjs', broker.upgrade],
  ]);
  routeUpgrades({ server: fastify.server, origins, routes, signal: stop.signal });
  const services = { events, metPairs, pseudonyms, tickets, iceServers, lobbies };
  return { ...services, origins, broker, sockets, clock, mint, stop, stopping: stop.signal };
}

interface Closing {
  readonly fastify: FastifyInstance;
  readonly opened: OpenDatabase;
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
  const { fastify, opened, stop, lobbies, sockets, broker } = parts;
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
  await opened.close();
}

function addressOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  if (address === '0.0.0.0' || address === '::') return `http://127.0.0.1:${port}`;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
