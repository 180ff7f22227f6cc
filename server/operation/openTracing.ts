import type { Logger } from 'pino';
import { silentTracer, type Tracer } from '../ports/tracer.ts';

export interface Tracing {
  readonly tracer: Tracer;
  /** Sends what is still to be sent, for a moment, and stops. */
  close(): Promise<void>;
}

/** OpenTelemetry is loaded only where an operator named a collector; else nothing is sent anywhere. */
export async function openTracing(endpoint: string | null, log: Logger): Promise<Tracing> {
  if (endpoint === null) return { tracer: silentTracer, close: () => Promise.resolve() };
  const { startTracing } = await import('./startTracing.ts');
  return startTracing(endpoint, log);
}
