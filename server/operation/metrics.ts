import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Census } from '../domain/lobby/census.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { metricSet } from './metricSet.ts';
import { metricTelemetry } from './metricTelemetry.ts';

/** What is counted at the moment somebody asks. */
export interface Headcount {
  readonly lobbies: number;
  readonly members: Census;
}

export interface Metrics {
  readonly telemetry: Telemetry;
  /** Where the headcount comes from, once there is a server to count. */
  countWith(headcount: () => Headcount): void;
  /** In Prometheus' text format. */
  page(): Promise<{ readonly contentType: string; readonly text: string }>;
}

/** One server's figures, with Node's own (event-loop lag, memory, garbage collection). */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const metrics = metricSet(registry);
  let headcount: (() => Headcount) | null = null;
  return {
    telemetry: metricTelemetry(metrics),
    countWith(source) {
      headcount = source;
    },
    async page() {
      const counted = headcount?.();
      metrics.lobbies.set(counted?.lobbies ?? 0);
      for (const [phase, members] of Object.entries(counted?.members ?? {})) {
        metrics.members.set({ phase }, members);
      }
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}
