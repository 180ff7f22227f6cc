import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AllowedOrigins } from '../runtime/allowedOrigins.ts';

/** Takes a connection over, or refuses it with an HTTP status. */
export type UpgradeHandler = (
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  url: URL,
) => void;

interface UpgradeRoutes {
  readonly server: Server;
  readonly origins: AllowedOrigins;
  /** By exact path. */
  readonly routes: ReadonlyMap<string, UpgradeHandler>;
  /** Once aborted, nobody new is let in. */
  readonly signal: AbortSignal;
}

const STATUS = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  503: 'Service Unavailable',
};

/** The only listener of the server's upgrades: two would answer the same socket twice. */
export function routeUpgrades({ server, origins, routes, signal }: UpgradeRoutes): void {
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const { origin, host } = request.headers;
    if (signal.aborted) return refuseUpgrade(socket, 503);
    // Every browser names the page's origin on a WebSocket.
    if (origin === undefined || !origins.allows(origin, host)) return refuseUpgrade(socket, 403);
    const url = requestUrl(request);
    if (!url) return refuseUpgrade(socket, 400);
    const handler = routes.get(url.pathname);
    if (!handler) return refuseUpgrade(socket, 404);
    handler(request, socket, head, url);
  });
}

export function refuseUpgrade(socket: Duplex, status: keyof typeof STATUS): void {
  socket.end(
    `HTTP/1.1 ${status} ${STATUS[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}

function requestUrl(request: IncomingMessage): URL | null {
  const path = request.url ?? '';
  return path.startsWith('/') && URL.canParse(path, 'http://host')
    ? new URL(path, 'http://host')
    : null;
}
