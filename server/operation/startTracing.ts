import { AsyncLocalStorage } from 'node:async_hooks';
import { diag, DiagLogLevel, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Context, Tracer as OtelTracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import type { Tracer } from '../ports/tracer.ts';
import type { Tracing } from './openTracing.ts';

/** A collector that takes longer must not hold up the end of the process; ms. */
const EXPORT_TIMEOUT_MS = 2_000;

/** Sends spans to a collector over OTLP/HTTP. It registers nothing that other code would pick up. */
export function startTracing(endpoint: string, log: Logger): Tracing {
  const warn = (message: string) => log.warn({ detail: message.slice(0, 300) }, 'tracing');
  const quiet = () => undefined;
  const logger = { error: warn, warn, info: quiet, debug: quiet, verbose: quiet };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  const exporter = new OTLPTraceExporter({
    url: `${endpoint}/v1/traces`,
    timeoutMillis: EXPORT_TIMEOUT_MS,
  });
  const processor = new BatchSpanProcessor({ exporter, exportTimeoutMillis: EXPORT_TIMEOUT_MS });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'foyer' }),
    spanProcessors: [processor],
  });
  return {
    tracer: tracerOf(provider.getTracer('foyer')),
    close: () => provider.shutdown().catch((error: unknown) => warn(String(error))),
  };
}

/** Which span is around, followed through promises and callbacks. */
function tracerOf(tracer: OtelTracer): Tracer {
  const around = new AsyncLocalStorage<Context>();
  return {
    begin(name, attributes) {
      const outer = around.getStore() ?? ROOT_CONTEXT;
      const span = tracer.startSpan(name, { attributes }, outer);
      const inner = trace.setSpan(outer, span);
      return {
        inside: (work) => around.run(inner, work),
        end(outcome = {}, failure) {
          if (!span.isRecording()) return;
          span.setAttributes(outcome);
          if (failure !== undefined) {
            span.setStatus({ code: SpanStatusCode.ERROR, message: failure });
          }
          span.end();
        },
      };
    },
  };
}
