import { fail } from '../../shared/result.ts';
import type { Lease } from '../ports/directory.ts';
import type { MetPairRepository } from '../ports/metPairRepository.ts';

/**
 * Pairs of a lobby that another node may have taken over meanwhile. The directory is asked before
 * they are written, and the lease must still run when they are: so nobody hears *matched* from a node
 * that was frozen or cut off.
 */
export function fencedPairs(metPairs: MetPairRepository, lease: Lease): MetPairRepository {
  return {
    load: (eventId, cycle) => metPairs.load(eventId, cycle),
    count: (eventId, cycle) => metPairs.count(eventId, cycle),
    async record(eventId, pairs) {
      if (!(await lease.confirm())) return fail('storageFailed');
      const recorded = await metPairs.record(eventId, pairs);
      return lease.holds() ? recorded : fail('storageFailed');
    },
  };
}
