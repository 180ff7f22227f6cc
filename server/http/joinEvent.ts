import type { FastifyInstance } from 'fastify';
import type { EventId } from '../../shared/ids.ts';
import { decode } from '../../shared/protocol/decode.ts';
import { JoinRequestSchema, type JoinAnswer } from '../../shared/protocol/http.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { StoredEvent } from '../ports/eventRepository.ts';
import { openState } from '../runtime/openState.ts';
import { matchesHash } from '../runtime/secretHash.ts';
import { refuse, type Refusal } from './httpError.ts';
import type { HttpParts } from './httpParts.ts';
import { findEvent, type EventParams } from './ownerAccess.ts';
import { nodeAddress, publicAddress, socketAddress } from './publicAddress.ts';
import { rateLimited } from './rateLimited.ts';

type Parts = Pick<
  HttpParts,
  | 'events'
  | 'lobbies'
  | 'seating'
  | 'tickets'
  | 'pseudonyms'
  | 'clock'
  | 'publicUrl'
  | 'ratePerMinute'
  | 'stopping'
  | 'entries'
>;

/** `POST /api/events/:eventId/join` */
export function joinEvent(app: FastifyInstance, parts: Parts): void {
  const options = rateLimited(parts.ratePerMinute);
  const known = eventsOfLobbies(parts);
  app.post<EventParams>('/api/events/:eventId/join', options, async (request, reply) => {
    if (parts.stopping.aborted) return refuse(reply, RESTARTING);
    const body = decode(JoinRequestSchema, request.body);
    if (!body.ok) return refuse(reply, { reason: 'badRequest', message: body.error.detail });
    const { displayName, deviceToken, inviteToken } = body.value;
    const found = await findEvent(known, request.params.eventId);
    if (!found.ok) return refuse(reply, found.error);
    const admitted = admit(found.value, inviteToken, parts.clock.date());
    if (!admitted.ok) return refuse(reply, admitted.error);
    const { id: eventId, title, relayOnly } = found.value;
    const member = parts.pseudonyms.memberIdOf(eventId, deviceToken);
    if (!(await parts.entries.allows(member))) return refuse(reply, TOO_OFTEN);
    // Warm before the socket comes: nothing is read from disk between *hello* and *matched*.
    const destination = await parts.seating.find(eventId, member);
    if (!destination.ok) return refuse(reply, NOT_NOW);
    const { lobby, node } = destination.value;
    const address = nodeAddress(publicAddress(request, parts.publicUrl), node);
    const answer: JoinAnswer = {
      ticket: parts.tickets.issue({ lobby, member, name: displayName }, node?.name),
      lobbyUrl: `${socketAddress(address)}/lobby`,
      brokerUrl: `${address}/broker/`,
      relayOnly,
      eventTitle: title,
    };
    return answer;
  });
}

/** Where a lobby runs it has the event at hand: when a talk begins, a thousand come in a minute. */
function eventsOfLobbies({ events, lobbies }: Pick<Parts, 'events' | 'lobbies'>) {
  return { find: async (id: EventId) => lobbies.eventOf(id) ?? (await events.find(id)) };
}

const RESTARTING: Refusal = {
  reason: 'restarting',
  message: 'The server is restarting. It is tried again by itself in a moment.',
};

const TOO_OFTEN: Refusal = {
  reason: 'tooMany',
  message: 'You have come in too often within a minute. Wait a minute, then try again.',
};

const NOT_NOW: Refusal = {
  reason: 'unavailable',
  message: 'The server cannot open this lobby at the moment. It is tried again by itself.',
};

function admit(
  event: StoredEvent,
  inviteToken: string | undefined,
  date: Date,
): Result<null, Refusal> {
  const hash = event.inviteTokenHash;
  if (hash !== null && (inviteToken === undefined || !matchesHash(inviteToken, hash))) {
    const message = 'This is a private group. Open it with the complete invite link.';
    return fail({ reason: 'unauthorized', message });
  }
  const state = openState(event, date);
  if (state === 'open') return ok(null);
  return fail(
    state === 'soon'
      ? { reason: 'notOpenYet', message: 'This event is not open yet. Come back when it opens.' }
      : { reason: 'closed', message: 'This event is closed. Thank you for being here.' },
  );
}
