import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AllowedOrigins } from '../runtime/allowedOrigins.ts';
import { namesOneHost } from '../runtime/namesOneHost.ts';
import type { Clock } from '../ports/clock.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { networkAddress } from '../runtime/networkAddress.ts';
import type { ServerLimits } from '../runtime/serverLimits.ts';
import type { TrustedProxies } from '../runtime/trustedProxies.ts';
import { AddressMeter, type WatchSocket } from './addressMeter.ts';
import { SocketQuota } from './socketQuota.ts';

/** Takes a connection over, or refuses it with an HTTP status. */
export type UpgradeHandler = (
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  url: URL,
  /** Counts what the new socket says to its address; null: to nobody. */
  meter: WatchSocket | null,
) => void;

type AddressLimits = Pick<
  ServerLimits,
  | 'socketsPerAddress'
  | 'addressFrameBurst'
  | 'addressFramesPerSecond'
  | 'addressByteBurst'
  | 'addressBytesPerSecond'
>;

interface UpgradeRoutes {
  readonly server: Server;
  readonly origins: AllowedOrigins;
  /** By exact path. */
  readonly routes: ReadonlyMap<string, UpgradeHandler>;
  readonly limits: AddressLimits;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly proxies: TrustedProxies;
  /** Once aborted, nobody new is let in. */
  readonly signal: AbortSignal;
}

const STATUS = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
};

/** The only listener of the server's upgrades: two would answer the same socket twice. */
export function routeUpgrades(parts: UpgradeRoutes): void {
  const { server, origins, routes, limits, telemetry, signal, proxies } = parts;
  const quota = new SocketQuota(limits.socketsPerAddress);
  const meter = addressMeter(parts);
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const refuse = (status: keyof typeof STATUS) => {
      telemetry.note({ type: 'upgradeRefused', status });
      refuseUpgrade(socket, status);
    };
    const { origin, host } = request.headers;
    if (signal.aborted) return refuse(503);
    // Every browser names the page's origin on a WebSocket.
    if (origin === undefined || !origins.allows(origin, host)) return refuse(403);
    const url = requestUrl(request);
    if (!url || !namesOneHost(request)) return refuse(400);
    const handler = routes.get(url.pathname);
    if (!handler) return refuse(404);
    const address = addressOf(request, proxies);
    if (!admit(quota, address, socket)) return refuse(429);
    handler(request, socket, head, url, address === null ? null : meter.of(address));
  });
}

function addressMeter({ limits, clock }: Pick<UpgradeRoutes, 'limits' | 'clock'>): AddressMeter {
  return new AddressMeter({
    clock,
    frames: { burst: limits.addressFrameBurst, perSecond: limits.addressFramesPerSecond },
    bytes: { burst: limits.addressByteBurst, perSecond: limits.addressBytesPerSecond },
  });
}

/** The server does not wait for the other side to hang up: it might never. */
export function refuseUpgrade(socket: Duplex, status: keyof typeof STATUS): void {
  socket.once('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${STATUS[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}

function addressOf({ socket, headers }: IncomingMessage, proxies: TrustedProxies): string | null {
  const { remoteAddress } = socket;
  return networkAddress({ remoteAddress, forwardedFor: headers['x-forwarded-for'] }, proxies);
}

function admit(quota: SocketQuota, address: string | null, socket: Duplex): boolean {
  if (address === null) return true;
  const giveBack = quota.take(address);
  if (giveBack === null) return false;
  socket.once('close', giveBack);
  return true;
}

/** Null for a path that means another one: a proxy that routes by path may have read it its own way. */
function requestUrl(request: IncomingMessage): URL | null {
  const path = request.url ?? '';
  if (!path.startsWith('/') || !URL.canParse(path, 'http://host')) return null;
  const url = new URL(path, 'http://host');
  return url.host === 'host' && path.split('?', 1)[0] === url.pathname ? url : null;
}
