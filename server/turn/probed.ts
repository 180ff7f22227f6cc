import type { Millis } from '../../shared/ids.ts';
import { fail, ok } from '../../shared/result.ts';
import { askBinding } from './askBinding.ts';
import { relayAddress } from './relayAddress.ts';
import type { ComputedService, ProbedService } from './relayService.ts';

/** The same service, which is there when one of its addresses answers: that one will do for a browser. */
export function probed(
  service: ComputedService,
  urls: readonly string[],
  timeoutMs: Millis,
): ProbedService {
  const addresses = urls.map(relayAddress).filter((address) => address !== null);
  return {
    ...service,
    async probe(signal) {
      const enough = new AbortController();
      const patience = { signal: AbortSignal.any([signal, enough.signal]), timeoutMs };
      const asked = addresses.map(async (address) => {
        const answer = await askBinding(address, patience);
        if (answer.ok) enough.abort();
        return answer;
      });
      const answers = await Promise.all(asked);
      if (answers.some((answer) => answer.ok)) return ok(null);
      return answers.find((answer) => !answer.ok) ?? fail('unreachable');
    },
  };
}
