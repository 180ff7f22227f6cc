import type { FastifyInstance } from 'fastify';
import type { HealthAnswer } from '../../shared/protocol/http.ts';
import type { ReadinessCheck } from '../ports/readinessCheck.ts';
import { failingParts } from './failingParts.ts';
import type { HttpParts } from './httpParts.ts';

const OK: HealthAnswer = { status: 'ok' };
const STOPPING: HealthAnswer = { status: 'stopping' };
/** Many balancers may ask at once, and each answer costs the database a query; ms. */
const ANSWER_AGE_MS = 1_000;

type Parts = Pick<HttpParts, 'stopping' | 'readinessChecks' | 'clock'>;
type Failing = readonly ReadinessCheck['part'][];

/**
 * `GET /healthz`: the process lives. `GET /readyz`: it takes new people; if not, 503 says why.
 * The first asks nobody else: a process must not be restarted because its database is.
 */
export function health(app: FastifyInstance, { stopping, readinessChecks, clock }: Parts): void {
  let asked: { readonly at: number; readonly failing: Promise<Failing> } | null = null;
  const failingNow = (): Promise<Failing> => {
    const now = clock.now();
    if (asked === null || now - asked.at >= ANSWER_AGE_MS) {
      asked = { at: now, failing: failingParts(readinessChecks, clock) };
    }
    return asked.failing;
  };
  app.get('/healthz', () => OK);
  app.get('/readyz', async (_request, reply) => {
    if (stopping.aborted) return reply.code(503).send(STOPPING);
    const parts = await failingNow();
    if (parts.length === 0) return reply.send(OK);
    return reply.code(503).send({ status: 'failing', parts: [...parts] } satisfies HealthAnswer);
  });
}
