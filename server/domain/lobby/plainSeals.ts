import type { MemberId } from '../../../shared/ids.ts';
import type { PartnerSeals } from './partnerSeals.ts';

const KIND = 'seal-of-somebody-';

/** For models and tests, where nobody forges anything: to be read by everybody. */
export const plainSeals: PartnerSeals = {
  seal: (member) => `${KIND}${member}`,
  open: (seal) => (seal.startsWith(KIND) ? (seal.slice(KIND.length) as MemberId) : null),
};
