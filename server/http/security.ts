import type { IncomingMessage, ServerResponse } from 'node:http';
import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import helmet from 'helmet';
import type { AllowedOrigins } from '../runtime/allowedOrigins.ts';
import { namesOneHost } from '../runtime/namesOneHost.ts';
import { refuse, type Refusal } from './httpError.ts';

const TWO_HOSTS: Refusal = {
  reason: 'badRequest',
  message: 'The request must name one host.',
};

/** Headers for pages and answers, and who may ask from another origin. */
export async function addSecurity(app: FastifyInstance, origins: AllowedOrigins): Promise<void> {
  const headers = pageHeaders();
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers);
    const { origin, host } = request.headers;
    if (!namesOneHost(request.raw)) return refuse(reply, TWO_HOSTS);
    if (origin === undefined || origins.allows(origin, host)) return;
    const message = 'This server does not answer pages of that address. FOYER_ORIGINS can name it.';
    return refuse(reply, { reason: 'originRefused', message });
  });
  await app.register(cors, {
    origin: (origin, answer) => answer(null, origin !== undefined && origins.isNamed(origin)),
    methods: ['GET', 'POST', 'PATCH'],
    allowedHeaders: ['authorization', 'content-type'],
    // Who is refused for coming too often comes again when there is room.
    exposedHeaders: ['retry-after'],
    maxAge: 600,
  });
}

/**
 * What helmet gives every answer, asked for once. Made anew for each request, it takes longer than the
 * rest of a refusal and keeps each request alive until the next major garbage collection.
 */
function pageHeaders(): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  const answer = {
    setHeader: (name: string, value: string) => void (headers[name] = value),
    removeHeader: () => undefined,
  };
  const setHeaders = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
    // Foyer also runs without TLS, on one machine or in one office; whoever adds TLS adds this.
    strictTransportSecurity: false,
  });
  setHeaders({} as IncomingMessage, answer as unknown as ServerResponse, () => undefined);
  return headers;
}
