import rateLimit from '@fastify/rate-limit';
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { changeEvent } from './changeEvent.ts';
import { addErrorReplies } from './errorReplies.ts';
import { health } from './health.ts';
import { randomMint } from '../runtime/randomMint.ts';
import type { ServerLimits } from '../runtime/serverLimits.ts';
import type { TrustedProxies } from '../runtime/trustedProxies.ts';
import type { HttpParts } from './httpParts.ts';
import { refuse, type Refusal } from './httpError.ts';
import { joinEvent } from './joinEvent.ts';
import { lookupEvents } from './lookupEvents.ts';
import { rateStore } from './rateStore.ts';
import { readConsole } from './readConsole.ts';
import { readInvite } from './readInvite.ts';
import { registerEvent } from './registerEvent.ts';
import { addSecurity } from './security.ts';
import { watchAnswers } from './watchAnswers.ts';
import { webPages } from './webPages.ts';

/** The largest honest body, 20 addresses, is far below; bytes. */
const BODY_LIMIT = 65_536;

const BAD_ADDRESS: Refusal = {
  reason: 'badRequest',
  message: 'The address is not a valid one. Check the link.',
};

type RequestLimits = Pick<ServerLimits, 'requestHeaderMs' | 'requestMs'>;

/** How often Node looks for requests that take too long, as a share of what they may take. */
const LOOKS = 4;

/** The HTTP server without its routes: sockets attach to the same one. */
export function createHttp(
  log: Logger,
  limits: RequestLimits,
  proxies: TrustedProxies,
): FastifyInstance {
  return fastify({
    loggerInstance: log as FastifyBaseLogger,
    // Its own lines hold addresses and query strings.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    // One for each request would copy what is to be redacted: a tenth of all that a flood of joins allocates.
    childLoggerFactory: (logger) => logger,
    // A counter would repeat after each restart and on each node.
    genReqId: () => randomMint.id(),
    requestTimeout: limits.requestMs,
    http: {
      headersTimeout: limits.requestHeaderMs,
      connectionsCheckingInterval: limits.requestHeaderMs / LOOKS,
    },
    // An address that cannot be decoded reaches neither a route nor the handlers of errors.
    frameworkErrors: (_error, _request, reply) => void refuse(reply, BAD_ADDRESS),
    forceCloseConnections: true,
    trustProxy: proxies.has,
  });
}

/** The answer is made where all errors are (errorReplies.ts). A stack trace would be most of a refusal's work. */
const TOO_MANY = { statusCode: 429 };

export async function addRoutes(app: FastifyInstance, parts: HttpParts): Promise<void> {
  addErrorReplies(app);
  watchAnswers(app, parts);
  await addSecurity(app, parts.origins);
  await app.register(rateLimit, {
    global: false,
    store: rateStore(parts),
    errorResponseBuilder: () => TOO_MANY,
  });
  health(app, parts);
  registerEvent(app, parts);
  changeEvent(app, parts);
  readConsole(app, parts);
  readInvite(app, parts);
  lookupEvents(app, parts);
  joinEvent(app, parts);
  await webPages(app, parts);
}
