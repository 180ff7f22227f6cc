import type { FastifyInstance } from 'fastify';
import type * as v from 'valibot';
import { decode } from '../../shared/protocol/decode.ts';
import { ChangeRequestSchema } from '../../shared/protocol/http.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { StoredEvent } from '../ports/eventRepository.ts';
import { consoleAnswer } from './consoleAnswer.ts';
import { eventRounds } from './eventRounds.ts';
import { NO_RELAY, refuse, type Refusal } from './httpError.ts';
import type { HttpParts } from './httpParts.ts';
import { minimumTime } from './minimumTime.ts';
import { nextCycle } from './nextCycle.ts';
import { openingHours } from './openingHours.ts';
import { ownedEvent } from './ownedEvent.ts';
import { findWithSecret, type EventParams } from './ownerAccess.ts';
import { storedAddresses } from './storedAddresses.ts';
import { urlTaken } from './urlTaken.ts';

type Change = v.InferOutput<typeof ChangeRequestSchema>;
type Parts = Pick<HttpParts, 'events' | 'iceServers' | 'lobbies' | 'metPairs' | 'clock'>;

/** `PATCH /api/events/:eventId`, for the owner. */
export function changeEvent(app: FastifyInstance, parts: Parts): void {
  app.patch<EventParams>('/api/events/:eventId', async (request, reply) => {
    const found = await findWithSecret(parts.events, request, (event) => event.ownerSecretHash);
    if (!found.ok) return refuse(reply, found.error);
    const body = decode(ChangeRequestSchema, request.body);
    if (!body.ok) return refuse(reply, { reason: 'badRequest', message: body.error.detail });
    if (body.value.relayOnly === true && !parts.iceServers.relays) return refuse(reply, NO_RELAY);
    const event = await changed(found.value, body.value);
    if (!event.ok) return refuse(reply, event.error);
    const replaced = await parts.events.replace(event.value, parts.clock.date());
    if (!replaced.ok) return refuse(reply, urlTaken(replaced.error));
    await parts.lobbies.applyChange(event.value);
    return consoleAnswer(event.value, parts);
  });
}

/** What is absent stays as it is. */
async function changed(event: StoredEvent, change: Change): Promise<Result<StoredEvent, Refusal>> {
  const opens = change.opensAt === undefined ? iso(event.opensAt) : change.opensAt;
  const closes = change.closesAt === undefined ? iso(event.closesAt) : change.closesAt;
  const hours = openingHours(opens, closes);
  if (!hours.ok) return hours;
  const addresses = change.addresses
    ? await storedAddresses(change.addresses)
    : ok(event.addresses);
  if (!addresses.ok) return fail(addresses.error);
  const callSeconds = change.callSeconds ?? event.callSeconds;
  const shown = change.rounds === undefined ? ownedEvent(event).rounds : change.rounds;
  const rounds = eventRounds(shown, callSeconds);
  if (!rounds.ok) return rounds;
  const minimum = minimumTime(change.minimumSeconds ?? event.minimumSeconds, callSeconds);
  if (!minimum.ok) return minimum;
  const cycle = nextCycle(event, change.cycle);
  if (!cycle.ok) return cycle;
  return ok({
    ...event,
    ...hours.value,
    title: change.title ?? event.title,
    callSeconds,
    closed: change.closed ?? event.closed,
    paused: change.paused ?? event.paused,
    rounds: rounds.value,
    relayOnly: change.relayOnly ?? event.relayOnly,
    whoMeets: change.whoMeets ?? event.whoMeets,
    minimumSeconds: minimum.value,
    cycle: cycle.value,
    addresses: addresses.value,
  });
}

function iso(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
