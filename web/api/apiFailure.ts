import type { ErrorReason } from '../../shared/protocol/http.ts';

/** Why there is no answer to work with. */
export type ApiFailure =
  /** The server could not be reached. */
  | { readonly kind: 'offline' }
  /** Something answered, but not Foyer's server in a version that these pages know. */
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'refused'; readonly reason: ErrorReason; readonly message: string };
