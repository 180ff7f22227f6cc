import type { FastifyInstance } from 'fastify';
import { consoleAnswer } from './consoleAnswer.ts';
import { refuse } from './httpError.ts';
import type { HttpParts } from './httpParts.ts';
import { findWithSecret, type EventParams } from './ownerAccess.ts';

type Parts = Pick<HttpParts, 'events' | 'lobbies' | 'metPairs'>;

/** `GET /api/events/:eventId/console`, for the owner. */
export function readConsole(app: FastifyInstance, parts: Parts): void {
  app.get<EventParams>('/api/events/:eventId/console', async (request, reply) => {
    const found = await findWithSecret(parts.events, request, (event) => event.ownerSecretHash);
    if (!found.ok) return refuse(reply, found.error);
    return consoleAnswer(found.value, parts);
  });
}
