import type * as v from 'valibot';
import { decodeJson } from '../../shared/protocol/decode.ts';
import { ErrorAnswerSchema } from '../../shared/protocol/http.ts';
import { fail, type Result } from '../../shared/result.ts';
import type { ApiFailure } from './apiFailure.ts';

interface ApiCall<S extends v.GenericSchema<unknown, unknown>> {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Below `/api/`. */
  readonly path: string;
  readonly answer: S;
  /** Travels in a header, so that it is in no log of addresses. */
  readonly bearer?: string;
  readonly body?: unknown;
  readonly signal: AbortSignal;
}

/** One request and its decoded answer. An aborted request is `offline`; nobody listens any more. */
export async function request<S extends v.GenericSchema<unknown, unknown>>(
  call: ApiCall<S>,
): Promise<Result<v.InferOutput<S>, ApiFailure>> {
  const answer = await send(call);
  if (answer === null) return fail({ kind: 'offline' });
  if (!answer.succeeded) return fail(refusal(answer.text));
  const decoded = decodeJson(call.answer, answer.text);
  return decoded.ok ? decoded : fail({ kind: 'unreadable' });
}

async function send({
  method,
  path,
  bearer,
  body,
  signal,
}: ApiCall<v.GenericSchema<unknown, unknown>>): Promise<{
  succeeded: boolean;
  text: string;
} | null> {
  try {
    const response = await fetch(`/api/${path}`, {
      method,
      signal,
      credentials: 'omit',
      cache: 'no-store',
      headers: {
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { succeeded: response.ok, text: await response.text() };
  } catch {
    return null;
  }
}

function refusal(text: string): ApiFailure {
  const decoded = decodeJson(ErrorAnswerSchema, text);
  return decoded.ok ? { kind: 'refused', ...decoded.value.error } : { kind: 'unreadable' };
}
