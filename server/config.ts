import * as v from 'valibot';
import { decodeJson } from '../shared/protocol/decode.ts';
import { fail, ok, type Result } from '../shared/result.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** An origin as browsers write it: scheme and host, nothing after. */
const originOf = (text: string): string | null => {
  if (!URL.canParse(text)) return null;
  const { protocol, host, origin } = new URL(text);
  return origin === 'null' ? `${protocol}//${host}` : origin;
};

const wholeNumber = (least: number, most: number, message: string) =>
  v.pipe(
    v.string(),
    v.regex(/^\d{1,9}$/, message),
    v.transform(Number),
    v.minValue(least, message),
    v.maxValue(most, message),
  );

const PublicUrlField = v.pipe(
  v.string(),
  v.check(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    'FOYER_PUBLIC_URL must be the address people open, such as https://foyer.example.',
  ),
  v.transform((text) => text.replace(/\/+$/, '')),
);

const OriginsField = v.pipe(
  v.string(),
  v.transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  ),
  v.check(
    (parts) => parts.every((part) => originOf(part) !== null),
    'FOYER_ORIGINS must be addresses separated by commas, such as https://a.example,https://b.example.',
  ),
  v.transform((parts) => parts.map((part) => originOf(part) ?? part)),
);

const ICE_MESSAGE =
  'FOYER_ICE_SERVERS must be JSON such as [{"urls":["turn:turn.example:3478"],"username":"…","credential":"…"}].';
const IceServersSchema = v.array(
  v.strictObject({
    urls: v.pipe(v.array(v.pipe(v.string(), v.regex(/^(stun|turn)s?:/))), v.minLength(1)),
    username: v.optional(v.string()),
    credential: v.optional(v.string()),
  }),
);
const IceServersField = v.pipe(
  v.string(),
  v.transform((text) => decodeJson(IceServersSchema, text)),
  v.check((decoded) => decoded.ok, ICE_MESSAGE),
  v.transform((decoded) => (decoded.ok ? decoded.value : [])),
);

/** The environment the server understands; docs/SPEC.md (OP) says what each is for. */
const EnvironmentSchema = v.object({
  PORT: v.optional(wholeNumber(0, 65_535, 'PORT must be a number from 0 to 65535.'), '8787'),
  HOST: v.optional(v.pipe(v.string(), v.minLength(1, 'HOST must not be empty.')), '127.0.0.1'),
  FOYER_PUBLIC_URL: v.optional(v.nullable(PublicUrlField), null),
  FOYER_DATA: v.optional(
    v.pipe(v.string(), v.minLength(1, 'FOYER_DATA must be a folder, or memory: for none.')),
    './.data',
  ),
  FOYER_ORIGINS: v.optional(OriginsField, ''),
  FOYER_RATE_PER_MINUTE: v.optional(
    wholeNumber(1, 1_000_000, 'FOYER_RATE_PER_MINUTE must be a whole number from 1.'),
    '1200',
  ),
  FOYER_ICE_SERVERS: v.optional(IceServersField, '[]'),
  LOG_LEVEL: v.optional(
    v.picklist(LOG_LEVELS, `LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}.`),
    'info',
  ),
});

type Environment = v.InferOutput<typeof EnvironmentSchema>;

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Without a slash at the end; null: every request's own host. */
  readonly publicUrl: string | null;
  readonly data: string;
  readonly origins: readonly string[];
  readonly ratePerMinute: number;
  readonly iceServers: Environment['FOYER_ICE_SERVERS'];
  readonly logLevel: Environment['LOG_LEVEL'];
}

/** The frozen configuration, or one sentence for each mistake. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
): Result<Config, readonly string[]> {
  const parsed = v.safeParse(EnvironmentSchema, environment);
  if (!parsed.success) return fail(parsed.issues.map(({ message }) => message));
  const read = parsed.output;
  return ok(
    Object.freeze({
      port: read.PORT,
      host: read.HOST,
      publicUrl: read.FOYER_PUBLIC_URL,
      data: read.FOYER_DATA,
      origins: read.FOYER_ORIGINS,
      ratePerMinute: read.FOYER_RATE_PER_MINUTE,
      iceServers: read.FOYER_ICE_SERVERS,
      logLevel: read.LOG_LEVEL,
    }),
  );
}
