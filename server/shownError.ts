interface ShownError {
  readonly type: string;
  readonly code: unknown;
  readonly message: string | undefined;
  /** Where it was thrown, without what it says. */
  readonly stack: readonly string[];
  readonly cause: ShownError | undefined;
}

/** A chain of causes is short; one that is not may be a ring. */
const CAUSES_MAX = 4;

/**
 * An error as the log shows it. One of the database repeats the query with its values, among them
 * titles and addresses, in its message and its fields: of those only kind and code are shown.
 */
export function shownError(error: unknown, depth = 0): ShownError {
  if (!(error instanceof Error)) {
    return { type: typeof error, code: undefined, message: undefined, stack: [], cause: undefined };
  }
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  const hasCause = error.cause instanceof Error && depth < CAUSES_MAX;
  return {
    type: error.name === 'Error' ? error.constructor.name : error.name,
    code: 'code' in error ? error.code : undefined,
    message: isOfDatabase(error) ? undefined : error.message,
    stack: frames.map((line) => line.trim()),
    cause: hasCause ? shownError(error.cause, depth + 1) : undefined,
  };
}

/** Drizzle's errors have the query, PostgreSQL's the severity, whichever driver brings them. */
function isOfDatabase(error: Error): boolean {
  return 'query' in error || 'severity' in error;
}
