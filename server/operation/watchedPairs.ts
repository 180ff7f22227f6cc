import type { Clock } from '../ports/clock.ts';
import type { MetPairRepository } from '../ports/metPairRepository.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { traced } from '../ports/traced.ts';
import type { Tracer } from '../ports/tracer.ts';

interface Watch {
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly tracer: Tracer;
}

/** The same storage of pairs, whose writes are counted, timed and traced. */
export function watchedPairs(
  storage: MetPairRepository,
  { clock, telemetry, tracer }: Watch,
): MetPairRepository {
  return {
    load: (eventId, cycle) => storage.load(eventId, cycle),
    count: (eventId, cycle) => storage.count(eventId, cycle),
    async record(eventId, pairs) {
      const from = clock.now();
      const attributes = { eventId, pairs: pairs.length };
      const write = () => storage.record(eventId, pairs);
      const recorded = await traced(tracer, 'pairs commit', attributes, write);
      if (!recorded.ok) {
        telemetry.note({ type: 'storageFailed', operation: 'recordPairs' });
        return recorded;
      }
      const refused = recorded.value.size;
      const ms = clock.now() - from;
      telemetry.note({ type: 'pairsCommitted', stored: pairs.length - refused, refused, ms });
      return recorded;
    },
  };
}
