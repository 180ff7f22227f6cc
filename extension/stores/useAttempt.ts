import { shallowRef } from 'vue';
import type { ApiFailure } from '../../shared/protocol/apiClient.ts';
import type { Result } from '../../shared/result.ts';

/** One request at a time that a form waits for: whether it runs, and why the last one failed. */
export function useAttempt() {
  const busy = shallowRef(false);
  const failure = shallowRef<ApiFailure | null>(null);

  async function attempt<T>(asked: Promise<Result<T, ApiFailure>>): Promise<T | null> {
    busy.value = true;
    failure.value = null;
    const answer = await asked;
    busy.value = false;
    if (answer.ok) return answer.value;
    failure.value = answer.error;
    return null;
  }

  return { busy, failure, attempt };
}
