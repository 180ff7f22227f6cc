import type { FastifyReply } from 'fastify';
import type { ErrorAnswer, ErrorReason } from '../../shared/protocol/http.ts';

const STATUS: Record<ErrorReason, number> = {
  badRequest: 400,
  notAnEventUrl: 400,
  urlTaken: 409,
  changedMeanwhile: 409,
  noRelay: 409,
  unauthorized: 401,
  notFound: 404,
  notOpenYet: 403,
  closed: 403,
  originRefused: 403,
  tooMany: 429,
  tooLarge: 413,
  unavailable: 503,
  restarting: 503,
  internal: 500,
};

/** An expected refusal: `reason` for programs, `message` a sentence for people. */
export interface Refusal {
  readonly reason: ErrorReason;
  readonly message: string;
}

export const NO_SUCH_EVENT: Refusal = {
  reason: 'notFound',
  message: 'There is no such event. Check the link, or ask whoever gave it to you for a new one.',
};

export const NO_RELAY: Refusal = {
  reason: 'noRelay',
  message:
    'This server has no relay, so it cannot hide addresses. Ask its operator to set up a TURN server, or register the event without hiding addresses.',
};

function errorAnswer({ reason, message }: Refusal): ErrorAnswer {
  return { error: { reason, message } };
}

export function refuse(reply: FastifyReply, refusal: Refusal): FastifyReply {
  reply.refusal = refusal.reason;
  return reply.code(STATUS[refusal.reason]).send(errorAnswer(refusal));
}
