import fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from '../config/variables.ts';
import { silentTelemetry, type Telemetry } from '../ports/telemetry.ts';
import type { Tracer } from '../ports/tracer.ts';
import { createMetrics, type Headcount } from './metrics.ts';
import { metricsRoute } from './metricsRoute.ts';
import { openTracing } from './openTracing.ts';

type OperationConfig = Pick<
  Config,
  'metricsHost' | 'metricsPort' | 'metricsToken' | 'tracesEndpoint'
>;

/** What the operator sees of the running server, by metrics and traces; silent unless asked for. */
export interface Operation {
  readonly telemetry: Telemetry;
  readonly tracer: Tracer;
  countWith(headcount: () => Headcount): void;
  /** On the public server, where a token alone was configured. */
  addRoute(app: FastifyInstance): void;
  /** Opens the port of its own; the address of the page there, or null where there is none. */
  listen(): Promise<string | null>;
  close(): Promise<void>;
}

export async function openOperation(config: OperationConfig, log: Logger): Promise<Operation> {
  const { metricsPort: port, metricsHost: host, metricsToken: token } = config;
  const metrics = port === null && token === null ? null : createMetrics();
  const tracing = await openTracing(config.tracesEndpoint, log);
  const ownServer = port === null ? null : fastify({ forceCloseConnections: true });
  if (metrics && ownServer) metricsRoute(ownServer, metrics, token);
  return {
    telemetry: metrics?.telemetry ?? silentTelemetry,
    tracer: tracing.tracer,
    countWith: (headcount) => metrics?.countWith(headcount),
    addRoute(app) {
      if (metrics && !ownServer) metricsRoute(app, metrics, token);
    },
    async listen() {
      if (!ownServer || port === null) return null;
      return `${await ownServer.listen({ port, host })}/metrics`;
    },
    async close() {
      await ownServer?.close();
      await tracing.close();
    },
  };
}
