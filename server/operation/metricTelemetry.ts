import { assertNever } from '../../shared/assertNever.ts';
import type { Telemetry, TelemetryEvent } from '../ports/telemetry.ts';
import { closeCodeLabel } from './closeCodeLabel.ts';
import type { MetricSet } from './metricSet.ts';

type EventOf<T extends TelemetryEvent['type']> = Extract<TelemetryEvent, { type: T }>;

/** Counts for Prometheus what happens. */
export function metricTelemetry(metrics: MetricSet): Telemetry {
  return { note: (event) => count(metrics, event) };
}

function count(metrics: MetricSet, event: TelemetryEvent): void {
  switch (event.type) {
    case 'httpAnswered':
      return countAnswer(metrics, event);
    case 'upgradeRefused':
      return metrics.upgradesRefused.inc({ status: event.status });
    case 'socketOpened':
      return metrics.sockets.inc({ kind: event.kind });
    case 'socketClosed':
      metrics.sockets.dec({ kind: event.kind });
      return metrics.closes.inc({ kind: event.kind, code: closeCodeLabel(event.code) });
    case 'waited':
      return metrics.wait.observe(seconds(event.ms));
    case 'mediaFlowed':
      return metrics.media.observe({ sides: event.sides, path: event.path }, seconds(event.ms));
    case 'callEnded':
      return metrics.callsEnded.inc({
        reason: event.reason,
        relay_only: String(event.relayOnly),
        relay_available: String(event.relayAvailable),
        path: event.path,
      });
    case 'pairsCommitted':
      return countPairs(metrics, event);
    case 'storageFailed':
      return metrics.storageFailures.inc({ operation: event.operation });
    case 'commandPoisoned':
      return metrics.poisoned.inc();
    case 'lobbyRestarted':
      return metrics.restarts.inc();
    case 'relayIssued':
      return metrics.relaysIssued.inc({ service: event.service });
    case 'relayFailed':
      return metrics.relayFailures.inc({ service: event.service, cause: event.cause });
    case 'relayBreaker':
      return metrics.relayBreaker.set({ service: event.service }, event.open ? 1 : 0);
    default:
      return assertNever(event);
  }
}

function countAnswer(metrics: MetricSet, event: EventOf<'httpAnswered'>): void {
  const { method, route, status, refusal, ms } = event;
  metrics.http.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, seconds(ms));
  if (refusal !== null) metrics.refusals.inc({ route, reason: refusal });
}

function countPairs(metrics: MetricSet, event: EventOf<'pairsCommitted'>): void {
  const { stored, refused, ms } = event;
  metrics.commit.observe(seconds(ms));
  metrics.pairs.inc({ outcome: 'stored' }, stored);
  metrics.pairs.inc({ outcome: 'refused' }, refused);
}

function seconds(ms: number): number {
  return ms / 1_000;
}
