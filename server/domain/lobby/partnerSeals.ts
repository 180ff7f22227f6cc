import type { MemberId } from '../../../shared/ids.ts';

/**
 * Names somebody so that only the server can read it. Whom they meet holds it, and shows it to block
 * them: so a block needs nothing that a restart, or another node, would have forgotten.
 */
export interface PartnerSeals {
  seal(member: MemberId): string;
  /** Null unless it was made here, or with the same secret. */
  open(seal: string): MemberId | null;
}
