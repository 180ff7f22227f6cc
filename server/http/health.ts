import type { FastifyInstance } from 'fastify';
import type { HealthAnswer } from '../../shared/protocol/http.ts';

const OK: HealthAnswer = { status: 'ok' };
const STOPPING: HealthAnswer = { status: 'stopping' };

/** `GET /healthz`: the process lives. `GET /readyz`: it takes new people. */
export function health(app: FastifyInstance, { stopping }: { stopping: AbortSignal }): void {
  app.get('/healthz', () => OK);
  app.get('/readyz', (_request, reply) =>
    stopping.aborted ? reply.code(503).send(STOPPING) : reply.send(OK),
  );
}
