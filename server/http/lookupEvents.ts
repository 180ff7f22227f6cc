import type { FastifyInstance } from 'fastify';
import { decode } from '../../shared/protocol/decode.ts';
import { LookupPrefixField, type LookupAnswer } from '../../shared/protocol/http.ts';
import { openState } from '../runtime/openState.ts';
import { refuse } from './httpError.ts';
import type { HttpParts } from './httpParts.ts';

type Parts = Pick<HttpParts, 'events' | 'lobbies' | 'clock'>;

/** `GET /api/lookup/:prefix` */
export function lookupEvents(app: FastifyInstance, { events, lobbies, clock }: Parts): void {
  app.get<{ Params: { prefix: string } }>('/api/lookup/:prefix', async (request, reply) => {
    const prefix = decode(LookupPrefixField, request.params.prefix);
    if (!prefix.ok) return refuse(reply, { reason: 'badRequest', message: prefix.error.detail });
    const { listed, parameters } = await events.lookup(prefix.value);
    const counts = await lobbies.counts(listed.map(({ event }) => event.id));
    const date = clock.date();
    const answer: LookupAnswer = {
      events: listed.map(({ keyHash, event }) => ({
        keyHash,
        eventId: event.id,
        title: event.title,
        here: counts(event.id).here,
        state: openState(event, date),
        opensAt: event.opensAt?.toISOString() ?? null,
        whoMeets: event.whoMeets,
      })),
      parameters: parameters.map(({ keyHash, names }) => ({ keyHash, names: [...names] })),
    };
    return answer;
  });
}
