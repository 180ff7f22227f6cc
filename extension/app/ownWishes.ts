import { BASIC_CAPABILITIES } from '../../shared/codecs/capabilities.ts';
import type { Wishes } from '../../shared/protocol/wishes.ts';
import { browserCapabilities } from '../net/sending/browserCapabilities.ts';
import { addressPrivacy } from '../storage/items.ts';

/** What this person brings into a match, as far as it is known by then; kept up to date. */
export function ownWishes(signal: AbortSignal): () => Wishes {
  // Both are long known before anybody can press Ready. Until then: what every browser can do, and
  // nothing is given away.
  let wishes: Wishes = { capabilities: BASIC_CAPABILITIES, addressPrivacy: 'always' };
  const learn = (news: Partial<Wishes>) => (wishes = { ...wishes, ...news });
  void browserCapabilities().then((capabilities) => learn({ capabilities }));
  void addressPrivacy.getValue().then((kept) => learn({ addressPrivacy: kept }));
  const stop = addressPrivacy.watch((changed) => learn({ addressPrivacy: changed }));
  signal.addEventListener('abort', stop);
  return () => wishes;
}
