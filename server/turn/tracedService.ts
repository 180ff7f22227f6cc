import type { Tracer } from '../ports/tracer.ts';
import type { RelayService } from './relayService.ts';

/** The same service, whose questions over the network are traced. */
export function tracedService(service: RelayService, tracer: Tracer): RelayService {
  if (service.kind === 'computed') return service;
  return {
    ...service,
    async fetch(signal) {
      const span = tracer.begin('relay credentials', { service: service.name });
      const answer = await span.inside(() => service.fetch(signal));
      span.end({}, answer.ok ? undefined : answer.error);
      return answer;
    },
  };
}
