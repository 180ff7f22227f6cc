import type { FastifyError, FastifyInstance } from 'fastify';
import { StorageError } from '../ports/storageError.ts';
import { refuse, type Refusal } from './httpError.ts';

const INTERNAL: Refusal = {
  reason: 'internal',
  message: 'The server made a mistake. Try again in a moment.',
};

const STORAGE_AWAY: Refusal = {
  reason: 'unavailable',
  message: 'The server cannot reach its database at the moment. Try again in a minute.',
};

/** Whatever goes wrong, the answer is an ErrorAnswer and never a stack trace. */
export function addErrorReplies(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) =>
    refuse(reply, { reason: 'notFound', message: 'There is nothing at this address.' }),
  );
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const refusal = refusalOf(error);
    const isOurs = refusal === INTERNAL || refusal === STORAGE_AWAY;
    if (isOurs) request.log.error({ reqId: request.id, err: error }, 'request failed');
    void refuse(reply, refusal);
  });
}

function refusalOf(error: FastifyError): Refusal {
  if (error instanceof StorageError) return STORAGE_AWAY;
  switch (error.statusCode) {
    case 413:
      return { reason: 'tooLarge', message: 'The request is too large.' };
    case 429:
      return {
        reason: 'tooMany',
        message: 'Too many requests from your network. Wait a minute, then try again.',
      };
    default:
      return isClientError(error)
        ? { reason: 'badRequest', message: 'The request is not valid JSON of the expected kind.' }
        : INTERNAL;
  }
}

function isClientError({ statusCode }: FastifyError): boolean {
  return statusCode !== undefined && statusCode >= 400 && statusCode < 500;
}
