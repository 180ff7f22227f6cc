import rateLimit from '@fastify/rate-limit';
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { changeEvent } from './changeEvent.ts';
import { addErrorReplies } from './errorReplies.ts';
import { health } from './health.ts';
import type { HttpParts } from './httpParts.ts';
import { joinEvent } from './joinEvent.ts';
import { lookupEvents } from './lookupEvents.ts';
import { readConsole } from './readConsole.ts';
import { readInvite } from './readInvite.ts';
import { registerEvent } from './registerEvent.ts';
import { addSecurity } from './security.ts';
import { webPages } from './webPages.ts';

/** The largest honest body, 20 addresses, is far below; bytes. */
const BODY_LIMIT = 65_536;

/** The HTTP server without its routes: sockets attach to the same one. */
export function createHttp(log: Logger): FastifyInstance {
  return fastify({
    loggerInstance: log as FastifyBaseLogger,
    // Its own lines hold addresses and query strings.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    // A reverse proxy on the same machine may say who asks, and through which address.
    trustProxy: 'loopback',
  });
}

export async function addRoutes(app: FastifyInstance, parts: HttpParts): Promise<void> {
  addErrorReplies(app);
  logAnswers(app);
  await addSecurity(app, parts.origins);
  await app.register(rateLimit, { global: false });
  health(app, parts);
  registerEvent(app, parts);
  changeEvent(app, parts);
  readConsole(app, parts);
  readInvite(app, parts);
  lookupEvents(app, parts);
  joinEvent(app, parts);
  await webPages(app, parts);
}

/** One line an answer, with the route's pattern in place of the address. */
function logAnswers(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request;
    const ms = Math.round(reply.elapsedTime);
    request.log.debug(
      { method, route: routeOptions.url, status: reply.statusCode, ms },
      'answered',
    );
  });
}
