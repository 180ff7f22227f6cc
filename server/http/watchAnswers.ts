import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ErrorReason } from '../../shared/protocol/http.ts';
import type { HttpParts } from './httpParts.ts';
import type { OpenSpan } from '../ports/tracer.ts';

declare module 'fastify' {
  interface FastifyReply {
    /** Why the request was refused; null when it was not. */
    refusal: ErrorReason | null;
  }
  interface FastifyRequest {
    span: OpenSpan | null;
  }
}

/** Logs, counts and traces each answer, with the route's pattern in place of the address. */
export function watchAnswers(
  app: FastifyInstance,
  { telemetry, tracer }: Pick<HttpParts, 'telemetry' | 'tracer'>,
): void {
  app.decorateReply('refusal', null);
  app.decorateRequest('span', null);
  app.addHook('onRequest', (request, reply, done) => {
    // Somebody who complains can say which line of the log is theirs.
    void reply.header('x-request-id', request.id);
    const { method } = request;
    request.span = tracer.begin(`HTTP ${method}`, { method, route: routeOf(request) });
    request.span.inside(done);
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { method, span } = request;
    const { statusCode: status, refusal } = reply;
    const answer = { method, route: routeOf(request), status, refusal };
    telemetry.note({ type: 'httpAnswered', ...answer, ms: reply.elapsedTime });
    span?.end({ status }, status >= 500 ? (refusal ?? 'failed') : undefined);
    const ms = Math.round(reply.elapsedTime);
    request.log.debug({ reqId: request.id, ...answer, ms }, 'answered');
    done();
  });
}

function routeOf({ routeOptions }: FastifyRequest): string {
  return routeOptions.url ?? 'none';
}
