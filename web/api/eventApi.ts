import {
  ConsoleAnswerSchema,
  InviteAnswerSchema,
  RegisterAnswerSchema,
  type ChangeRequest,
  type RegisterRequest,
} from '../../shared/protocol/http.ts';
import { request } from './request.ts';

export function registerEvent(body: RegisterRequest, signal: AbortSignal) {
  return request({ method: 'POST', path: 'events', answer: RegisterAnswerSchema, body, signal });
}

/** What opens an event to its owner: both parts of the owner's link. */
export interface OwnerKey {
  readonly eventId: string;
  readonly secret: string;
}

export function readConsole({ eventId, secret }: OwnerKey, signal: AbortSignal) {
  return request({
    method: 'GET',
    path: `events/${encodeURIComponent(eventId)}/console`,
    answer: ConsoleAnswerSchema,
    bearer: secret,
    signal,
  });
}

export function changeEvent(
  { eventId, secret }: OwnerKey,
  body: ChangeRequest,
  signal: AbortSignal,
) {
  return request({
    method: 'PATCH',
    path: `events/${encodeURIComponent(eventId)}`,
    answer: ConsoleAnswerSchema,
    bearer: secret,
    body,
    signal,
  });
}

export function readInvite(eventId: string, invite: string, signal: AbortSignal) {
  return request({
    method: 'GET',
    path: `events/${encodeURIComponent(eventId)}/invite`,
    answer: InviteAnswerSchema,
    bearer: invite,
    signal,
  });
}
