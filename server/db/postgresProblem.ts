/** PostgreSQL's own number: 150004 is 15.4. Older ones get no fixes any more, and nobody tests us on them. */
const OLDEST_VERSION = 150_000;

/** Why PostgreSQL cannot be used, as one sentence for the operator and the next step. Never a password. */
export const postgresProblem = {
  ofVersion(url: string, version: number): string | null {
    if (version >= OLDEST_VERSION) return null;
    const found = `${Math.floor(version / 10_000)}.${version % 10_000}`;
    return `PostgreSQL at ${placeOf(url)} is version ${found}, and Foyer needs 15 or later. Update it, or name another server in DATABASE_URL.`;
  },
  ofError(url: string, error: unknown): string {
    const place = placeOf(url);
    const code = codeOf(error);
    const sentence = SENTENCES.get(code);
    if (sentence) return sentence(place);
    if (isNetworkCode(code))
      return `PostgreSQL at ${place} cannot be reached (${code}). Start it, or correct DATABASE_URL.`;
    return `PostgreSQL at ${place} could not be prepared (${code}: ${messageOf(error)}). Correct that, then start again.`;
  },
};

const SENTENCES = new Map<string, (place: string) => string>([
  ['28P01', refusedUser],
  ['28000', refusedUser],
  [
    '3D000',
    (place) =>
      `PostgreSQL has no database at ${place}. Create it, or correct the name in DATABASE_URL.`,
  ],
  [
    '42501',
    (place) =>
      `PostgreSQL at ${place} does not let this user create tables. Make the user the owner of the database.`,
  ],
  [
    '57P03',
    (place) => `PostgreSQL at ${place} is just starting or stopping. Start again in a moment.`,
  ],
  [
    '53300',
    (place) =>
      `PostgreSQL at ${place} has no connection left. Raise its max_connections, or lower DATABASE_POOL_SIZE.`,
  ],
]);

function refusedUser(place: string): string {
  return `PostgreSQL at ${place} refuses this user or password. Correct DATABASE_URL.`;
}

function isNetworkCode(code: string): boolean {
  return /^(E[A-Z]+|CONNECT.*|CONNECTION_.*)$/.test(code);
}

/** Host, port and database of the address, without its user and password. */
function placeOf(url: string): string {
  if (!URL.canParse(url)) return 'DATABASE_URL';
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

/** Drizzle wraps what the driver threw. */
function codeOf(error: unknown): string {
  const inner = innermost(error);
  return inner !== null && 'code' in inner ? String(inner.code) : 'unknown';
}

function messageOf(error: unknown): string {
  return innermost(error)?.message ?? 'no reason given';
}

function innermost(error: unknown): Error | null {
  if (!(error instanceof Error)) return null;
  return error.cause instanceof Error ? innermost(error.cause) : error;
}
