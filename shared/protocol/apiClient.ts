import type * as v from 'valibot';
import type { Millis } from '../ids.ts';
import { fail, ok, type Result } from '../result.ts';
import { decode } from './decode.ts';
import {
  ConsoleAnswerSchema,
  ErrorAnswerSchema,
  InviteAnswerSchema,
  JoinAnswerSchema,
  LookupAnswerSchema,
  RegisterAnswerSchema,
  type ChangeRequest,
  type ErrorReason,
  type JoinRequest,
  type RegisterRequest,
} from './http.ts';

/** Why a request came to nothing. `unreachable`: no answer at all; `notFoyer`: not this protocol. */
export interface ApiFailure {
  readonly reason: ErrorReason | 'unreachable' | 'notFoyer';
  /** The server's own sentence; empty where it gave none. */
  readonly message: string;
  /** When the server has room again, where it says so. */
  readonly retryAfterMs?: Millis;
}

/** Whoever says more than this is not believed. */
const RETRY_AFTER_MOST_S = 300;

interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly bearer?: string;
  readonly body?: unknown;
}

/** The part of `fetch` that is used here: this folder knows neither browser nor Node. */
export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string },
) => Promise<{
  ok: boolean;
  headers: { get(name: string): string | null };
  json(): Promise<unknown>;
}>;

/**
 * Foyer's HTTP interface; every answer is checked before anybody believes it.
 *
 * @param serverUrl where the server is; empty on the server's own pages
 */
export function createApiClient(serverUrl: string, fetch: Fetch) {
  const ask = <S extends v.GenericSchema<unknown, unknown>>(schema: S, request: ApiRequest) =>
    send(fetch, serverUrl, schema, request);
  const event = (eventId: string) => `/api/events/${encodeURIComponent(eventId)}`;
  return {
    lookup: (prefix: string) =>
      ask(LookupAnswerSchema, { method: 'GET', path: `/api/lookup/${prefix}` }),
    register: (body: RegisterRequest) =>
      ask(RegisterAnswerSchema, { method: 'POST', path: '/api/events', body }),
    join: (eventId: string, body: JoinRequest) =>
      ask(JoinAnswerSchema, { method: 'POST', path: `${event(eventId)}/join`, body }),
    invite: (eventId: string, bearer: string) =>
      ask(InviteAnswerSchema, { method: 'GET', path: `${event(eventId)}/invite`, bearer }),
    console: (eventId: string, bearer: string) =>
      ask(ConsoleAnswerSchema, { method: 'GET', path: `${event(eventId)}/console`, bearer }),
    change: (eventId: string, bearer: string, body: ChangeRequest) =>
      ask(ConsoleAnswerSchema, { method: 'PATCH', path: event(eventId), bearer, body }),
  };
}

export type ApiClient = ReturnType<typeof createApiClient>;

async function send<S extends v.GenericSchema<unknown, unknown>>(
  fetch: Fetch,
  serverUrl: string,
  schema: S,
  request: ApiRequest,
): Promise<Result<v.InferOutput<S>, ApiFailure>> {
  let answer: { ok: boolean; value: unknown; retryAfter: string | null };
  try {
    const response = await fetch(serverUrl.replace(/\/+$/, '') + request.path, initOf(request));
    const retryAfter = response.headers.get('retry-after');
    answer = { ok: response.ok, value: await response.json().catch(() => null), retryAfter };
  } catch {
    return fail({ reason: 'unreachable', message: '' });
  }
  if (answer.ok) {
    const decoded = decode(schema, answer.value);
    return decoded.ok ? ok(decoded.value) : fail({ reason: 'notFoyer', message: '' });
  }
  const refusal = decode(ErrorAnswerSchema, answer.value);
  if (!refusal.ok) return fail({ reason: 'notFoyer', message: '' });
  return fail({ ...refusal.value.error, ...pauseOf(answer.retryAfter) });
}

/** In whole seconds; the header's other form, a date, is not used by this protocol. */
function pauseOf(retryAfter: string | null): Pick<ApiFailure, 'retryAfterMs'> {
  if (retryAfter === null || !/^\d{1,3}$/u.test(retryAfter)) return {};
  const seconds = Number(retryAfter);
  return seconds > RETRY_AFTER_MOST_S ? {} : { retryAfterMs: seconds * 1_000 };
}

function initOf({ method, bearer, body }: ApiRequest) {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (bearer !== undefined) headers['authorization'] = `Bearer ${bearer}`;
  if (body === undefined) return { method, headers };
  headers['content-type'] = 'application/json';
  return { method, headers, body: JSON.stringify(body) };
}
