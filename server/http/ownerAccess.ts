import type { FastifyRequest } from 'fastify';
import { decode } from '../../shared/protocol/decode.ts';
import { EventIdField } from '../../shared/protocol/fields.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { EventRepository, StoredEvent } from '../ports/eventRepository.ts';
import { matchesHash } from '../runtime/secretHash.ts';
import { NO_SUCH_EVENT, type Refusal } from './httpError.ts';

export interface EventParams {
  Params: { eventId: string };
}

/** The event that an address names. */
export async function findEvent(
  events: Pick<EventRepository, 'find'>,
  eventId: string,
): Promise<Result<StoredEvent, Refusal>> {
  const id = decode(EventIdField, eventId);
  const event = id.ok ? await events.find(id.value) : null;
  return event ? ok(event) : fail(NO_SUCH_EVENT);
}

/** The event, if the bearer token is the secret whose hash `hashOf` picks. */
export async function findWithSecret(
  events: EventRepository,
  request: FastifyRequest<EventParams>,
  hashOf: (event: StoredEvent) => string | null,
): Promise<Result<StoredEvent, Refusal>> {
  const found = await findEvent(events, request.params.eventId);
  if (!found.ok) return found;
  const hash = hashOf(found.value);
  const secret = bearerToken(request.headers.authorization);
  if (hash !== null && secret !== null && matchesHash(secret, hash)) return found;
  return fail({
    reason: 'unauthorized',
    message: 'This link does not open the event. Use the complete link, with what follows the #.',
  });
}

function bearerToken(header: string | undefined): string | null {
  return /^Bearer ([A-Za-z0-9_-]+)$/i.exec(header ?? '')?.[1] ?? null;
}
