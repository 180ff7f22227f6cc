import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.ts';

const REFUSAL = 'The figures need the bearer token that FOYER_METRICS_TOKEN holds.\n';

/** `GET /metrics`, for whoever knows the token; null: for everybody who reaches the port. */
export function metricsRoute(app: FastifyInstance, metrics: Metrics, token: string | null): void {
  app.get('/metrics', async (request, reply) => {
    if (token !== null && !isBearer(request.headers.authorization, token)) {
      return reply.code(401).header('www-authenticate', 'Bearer').type('text/plain').send(REFUSAL);
    }
    const { contentType, text } = await metrics.page();
    return reply.header('cache-control', 'no-store').type(contentType).send(text);
  });
}

function isBearer(header: string | undefined, token: string): boolean {
  const given = Buffer.from(header ?? '');
  const right = Buffer.from(`Bearer ${token}`);
  return given.length === right.length && timingSafeEqual(given, right);
}
