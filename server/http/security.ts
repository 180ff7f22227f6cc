import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { AllowedOrigins } from '../runtime/allowedOrigins.ts';
import { namesOneHost } from '../runtime/namesOneHost.ts';
import { refuse, type Refusal } from './httpError.ts';

const TWO_HOSTS: Refusal = {
  reason: 'badRequest',
  message: 'The request must name one host.',
};

/** Headers for pages and answers, and who may ask from another origin. */
export async function addSecurity(app: FastifyInstance, origins: AllowedOrigins): Promise<void> {
  await app.register(helmet, {
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
  app.addHook('onRequest', async (request, reply) => {
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
    maxAge: 600,
  });
}
