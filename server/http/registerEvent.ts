import type { FastifyInstance } from 'fastify';
import type * as v from 'valibot';
import { decode } from '../../shared/protocol/decode.ts';
import { RegisterRequestSchema, type RegisterAnswer } from '../../shared/protocol/http.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { StoredEvent } from '../ports/eventRepository.ts';
import { secretHash } from '../runtime/secretHash.ts';
import { eventRounds } from './eventRounds.ts';
import { NO_RELAY, refuse, type Refusal } from './httpError.ts';
import type { HttpParts } from './httpParts.ts';
import { minimumTime } from './minimumTime.ts';
import { openingHours } from './openingHours.ts';
import { ownedEvent } from './ownedEvent.ts';
import { publicAddress } from './publicAddress.ts';
import { rateLimited } from './rateLimited.ts';
import { storedAddresses } from './storedAddresses.ts';
import { urlTaken } from './urlTaken.ts';

type Parts = Pick<
  HttpParts,
  'events' | 'iceServers' | 'mint' | 'clock' | 'publicUrl' | 'ratePerMinute'
>;

interface Secrets {
  readonly owner: string;
  /** Null for a listed event. */
  readonly invite: string | null;
}

/** `POST /api/events` */
export function registerEvent(app: FastifyInstance, parts: Parts): void {
  app.post('/api/events', rateLimited(parts.ratePerMinute), async (request, reply) => {
    const body = decode(RegisterRequestSchema, request.body);
    if (!body.ok) return refuse(reply, { reason: 'badRequest', message: body.error.detail });
    const invite = body.value.visibility === 'unlisted' ? parts.mint.token() : null;
    const secrets = { owner: parts.mint.token(), invite };
    const event = await newEvent(body.value, secrets, parts);
    if (!event.ok) return refuse(reply, event.error);
    const created = await parts.events.create(event.value, parts.clock.date());
    if (!created.ok) return refuse(reply, urlTaken(created.error));
    const address = publicAddress(request, parts.publicUrl);
    return reply.code(201).send(registerAnswer(event.value, secrets, address));
  });
}

async function newEvent(
  given: v.InferOutput<typeof RegisterRequestSchema>,
  secrets: Secrets,
  { mint, iceServers }: Parts,
): Promise<Result<StoredEvent, Refusal>> {
  if (given.relayOnly && !iceServers.relays) return fail(NO_RELAY);
  const addresses = await storedAddresses(given.addresses);
  if (!addresses.ok) return addresses;
  const hours = openingHours(given.opensAt, given.closesAt);
  if (!hours.ok) return fail(hours.error);
  const rounds = eventRounds(given.rounds, given.callSeconds);
  if (!rounds.ok) return fail(rounds.error);
  const minimum = minimumTime(given.minimumSeconds, given.callSeconds);
  if (!minimum.ok) return fail(minimum.error);
  return ok({
    id: mint.eventId(),
    title: given.title,
    visibility: given.visibility,
    callSeconds: given.callSeconds,
    ...hours.value,
    closed: false,
    paused: false,
    rounds: rounds.value,
    relayOnly: given.relayOnly,
    whoMeets: given.whoMeets,
    minimumSeconds: minimum.value,
    cycle: 1,
    ownerSecretHash: secretHash(secrets.owner),
    inviteTokenHash: secrets.invite === null ? null : secretHash(secrets.invite),
    addresses: addresses.value,
  });
}

/** Secrets stand in fragments, which browsers keep to themselves. */
function registerAnswer(event: StoredEvent, secrets: Secrets, address: string): RegisterAnswer {
  const { owner, invite } = secrets;
  return {
    event: ownedEvent(event),
    ownerSecret: owner,
    ownerUrl: `${address}/organize/${event.id}#${owner}`,
    inviteToken: invite,
    inviteUrl: invite === null ? null : `${address}/g/${event.id}#${invite}`,
  };
}
