import { randomBytes } from 'node:crypto';
import type * as v from 'valibot';
import { decode } from '../../shared/protocol/decode.ts';
import {
  ErrorAnswerSchema,
  JoinAnswerSchema,
  RegisterAnswerSchema,
  type ErrorAnswer,
  type JoinAnswer,
  type RegisterAnswer,
  type RegisterRequest,
} from '../../shared/protocol/http.ts';
import { createApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { newDataPlace } from './dataPlace.ts';
import type { CreateLobby } from '../runtime/lobbyMaker.ts';
import type { ServerLimits } from '../runtime/serverLimits.ts';

/** A second of conversation lasts 20 ms: the shortest call, 15 s, is over in 300 ms. */
const QUICK: Partial<ServerLimits> = {
  callSecondMs: 20,
  cueMs: [100],
  goodbyeMs: 100,
  presenceIntervalMs: 20,
};

/** Tests come faster than people do, and all from this machine. */
const ON_ITS_OWN = { PORT: '0', FOYER_RATE_PER_MINUTE: '60000' };

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

interface RequestOptions {
  readonly body?: unknown;
  readonly bearer?: string;
  readonly headers?: Record<string, string>;
}

export interface TestServer {
  readonly url: string;
  request(method: string, path: string, options?: RequestOptions): Promise<HttpAnswer>;
  register(changes?: Partial<RegisterRequest>): Promise<RegisterAnswer>;
  join(eventId: string, changes?: Record<string, unknown>): Promise<JoinAnswer>;
  close(): Promise<void>;
}

interface StartOptions {
  readonly environment?: Record<string, string>;
  readonly limits?: Partial<ServerLimits>;
  readonly createLobby?: CreateLobby;
}

/** The real server on a free port, with a database of its own unless the test has one. */
export async function startServer(options: StartOptions = {}): Promise<TestServer> {
  const place = hasPlace(options) ? null : await newDataPlace();
  const environment = { ...ON_ITS_OWN, ...place?.environment, ...options.environment };
  const config = readConfig({ LOG_LEVEL: 'silent', ...environment });
  if (!config.ok) throw new Error(config.error.join('\n'));
  const limits = { ...QUICK, ...options.limits };
  const log = createLog(config.value.logLevel);
  const { createLobby } = options;
  const app = await createApp(config.value, { log, limits, ...(createLobby && { createLobby }) });
  if (!app.ok) throw new Error(app.error);
  return clientOf(await app.value.listen(), async () => {
    await app.value.close();
    await place?.remove();
  });
}

function hasPlace({ environment = {} }: StartOptions): boolean {
  return 'FOYER_DATA' in environment || 'DATABASE_URL' in environment;
}

/** What tests ask of a server that runs at `url`, here or in a process of its own. */
export function clientOf(url: string, close: () => Promise<void>): TestServer {
  const request: TestServer['request'] = (method, path, options) =>
    ask(method, `${url}${path}`, options);
  return {
    url,
    request,
    close,
    async register(changes) {
      const body = { title: 'A talk', addresses: [anyAddress()], callSeconds: 15, ...changes };
      const answer = await request('POST', '/api/events', { body });
      return shaped(RegisterAnswerSchema, answer, 201);
    },
    async join(eventId, changes) {
      const body = { displayName: 'Ann', deviceToken: anyToken(), ...changes };
      const answer = await request('POST', `/api/events/${eventId}/join`, { body });
      return shaped(JoinAnswerSchema, answer, 200);
    },
  };
}

export function anyToken(): string {
  return randomBytes(24).toString('base64url');
}

/** An address that no other test uses. */
export function anyAddress(): { url: string } {
  return { url: `https://conf.example/${randomBytes(8).toString('hex')}` };
}

export function errorOf({ body }: HttpAnswer): ErrorAnswer['error'] {
  const decoded = decode(ErrorAnswerSchema, body);
  if (!decoded.ok) throw new Error(`No ErrorAnswer: ${JSON.stringify(body)}`);
  return decoded.value.error;
}

export function shaped<S extends v.GenericSchema<unknown, unknown>>(
  schema: S,
  { status, body }: HttpAnswer,
  expected: number,
): v.InferOutput<S> {
  const decoded = decode(schema, body);
  if (status === expected && decoded.ok) return decoded.value;
  throw new Error(`${status}: ${JSON.stringify(body)}`);
}

async function ask(
  method: string,
  url: string,
  { body, bearer, headers = {} }: RequestOptions = {},
): Promise<HttpAnswer> {
  const all = {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    ...headers,
  };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, { method, headers: all, body: text ?? null });
  const answer = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  const parsed: unknown = isJson ? JSON.parse(answer) : answer;
  return { status: response.status, headers: response.headers, body: parsed };
}
