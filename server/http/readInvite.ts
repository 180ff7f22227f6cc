import type { FastifyInstance } from 'fastify';
import type { InviteAnswer } from '../../shared/protocol/http.ts';
import { NO_SUCH_EVENT, refuse } from './httpError.ts';
import type { HttpParts } from './httpParts.ts';
import { findWithSecret, type EventParams } from './ownerAccess.ts';

type Parts = Pick<HttpParts, 'events' | 'lobbies'>;

/** `GET /api/events/:eventId/invite`, for whoever holds the invite. */
export function readInvite(app: FastifyInstance, { events, lobbies }: Parts): void {
  app.get<EventParams>('/api/events/:eventId/invite', async (request, reply) => {
    const found = await findWithSecret(events, request, (event) => event.inviteTokenHash);
    if (!found.ok) return refuse(reply, found.error);
    const { id, title, addresses, whoMeets } = found.value;
    const [first] = addresses;
    if (!first) return refuse(reply, NO_SUCH_EVENT);
    const { here } = (await lobbies.counts([id]))(id);
    const { url: streamUrl, key } = first;
    const answer: InviteAnswer = { eventId: id, title, streamUrl, key, here, whoMeets };
    return answer;
  });
}
