import type { PGliteOptions, Results } from '@electric-sql/pglite';

/** What the thread of the embedded database is started with. */
export type EmbeddedOptions = Pick<PGliteOptions, 'dataDir' | 'startParams'>;

export interface EmbeddedQuery {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly rowMode: 'array' | 'object';
  /** PostgreSQL's numbers of the types whose values stay as the database writes them. */
  readonly asText: readonly number[];
}

/** The number of the request that began it. */
type TransactionId = number;

export type EmbeddedRequest =
  | { readonly do: 'query'; readonly query: EmbeddedQuery; readonly within?: TransactionId }
  | { readonly do: 'begin' }
  | { readonly do: 'end'; readonly within: TransactionId; readonly commit: boolean }
  | { readonly do: 'close' };

export type EmbeddedCall = EmbeddedRequest & { readonly id: number };

/** An error as it goes between threads, where it would lose what PostgreSQL said about it. */
export interface EmbeddedProblem {
  readonly message: string;
  /** PostgreSQL's own, such as 23505. */
  readonly code?: unknown;
  readonly severity?: unknown;
}

export type EmbeddedReply =
  | { readonly id: number; readonly results: Results | null }
  | { readonly id: number; readonly problem: EmbeddedProblem };
