import type * as v from 'valibot';
import type { Millis } from '../../shared/ids.ts';
import { decodeJson } from '../../shared/protocol/decode.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { RelayFailure } from '../ports/iceServerSource.ts';

interface Question {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface Patience {
  readonly signal: AbortSignal;
  readonly timeoutMs: Millis;
}

type Schema = v.GenericSchema<unknown, unknown>;

/** The largest honest answer lists a few servers; bytes. */
const ANSWER_LIMIT = 65_536;

/** Asks a relay service for JSON of the schema's shape. Nothing of it is told but the kind of failure. */
export async function askService<S extends Schema>(
  schema: S,
  { url, method, headers, body }: Question,
  { signal, timeoutMs }: Patience,
): Promise<Result<v.InferOutput<S>, RelayFailure>> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: body === undefined ? null : JSON.stringify(body),
      // A key must not follow to another host.
      redirect: 'error',
      signal: AbortSignal.any([signal, timeout]),
    });
    const text = response.ok ? await boundedText(response) : await discard(response);
    if (text === null) return fail(failureOf(response));
    const decoded = decodeJson(schema, text);
    return decoded.ok ? ok(decoded.value) : fail('notUnderstood');
  } catch {
    return fail(timeout.aborted ? 'timedOut' : 'unreachable');
  }
}

async function discard(response: Response): Promise<null> {
  await response.body?.cancel();
  return null;
}

/** Null when it is too long. */
async function boundedText(response: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > ANSWER_LIMIT) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function failureOf({ ok: answered, status }: Response): RelayFailure {
  if (answered) return 'notUnderstood';
  if (status === 429) return 'tooMany';
  return status >= 400 && status < 500 ? 'refused' : 'serviceFailed';
}
