import { computed, onScopeDispose, shallowRef } from 'vue';
import type { ChangeRequest, ConsoleAnswer } from '../../shared/protocol/http.ts';
import type { Result } from '../../shared/result.ts';
import type { ApiFailure } from '../../shared/protocol/apiClient.ts';
import { useApi } from '../api/useApi.ts';
import type { OwnerKey } from './ownerKey.ts';
import { useAbortSignal } from '../page/useAbortSignal.ts';

/** Counts are looked at for minutes: often enough to feel live, rarely enough for a thousand owners. */
const POLL_MS = 3_000;

type OwnedState =
  | { readonly phase: 'loading' }
  /** There has been no answer yet, and this is why. */
  | { readonly phase: 'failed'; readonly failure: ApiFailure }
  | {
      readonly phase: 'shown';
      readonly answer: ConsoleAnswer;
      readonly updatedAt: Date;
      /** Why the latest poll brought nothing new; null when it did. */
      readonly trouble: ApiFailure | null;
    };

/** The event with its counts, read again and again while the page is visible. */
export function useOwnedEvent(owner: OwnerKey) {
  const signal = useAbortSignal();
  const api = useApi();
  const state = shallowRef<OwnedState>({ phase: 'loading' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** An answer to a poll that was asked before a change must not undo it on the screen. */
  let changes = 0;

  function take(answer: Result<ConsoleAnswer, ApiFailure>): void {
    if (answer.ok) {
      state.value = { phase: 'shown', answer: answer.value, updatedAt: new Date(), trouble: null };
    } else if (state.value.phase === 'shown' && !isFinal(answer.error)) {
      state.value = { ...state.value, trouble: answer.error };
    } else {
      state.value = { phase: 'failed', failure: answer.error };
    }
  }

  async function poll(): Promise<void> {
    clearTimeout(timer);
    const changesBefore = changes;
    const answer = await api.console(owner.eventId, owner.secret);
    if (signal.aborted) return;
    if (changes === changesBefore) take(answer);
    clearTimeout(timer);
    const isOver = !answer.ok && isFinal(answer.error);
    if (!isOver && document.visibilityState === 'visible') {
      timer = setTimeout(() => void poll(), POLL_MS);
    }
  }

  async function change(body: ChangeRequest): Promise<Result<ConsoleAnswer, ApiFailure>> {
    changes += 1;
    const answer = await api.change(owner.eventId, owner.secret, body);
    changes += 1;
    if (answer.ok) take(answer);
    return answer;
  }

  const onVisibility = (): void => {
    if (document.visibilityState === 'visible') void poll();
  };
  document.addEventListener('visibilitychange', onVisibility, { signal });
  onScopeDispose(() => clearTimeout(timer));
  void poll();

  const shown = computed(() => (state.value.phase === 'shown' ? state.value : null));
  return { state, shown, change, retry: poll };
}

/** Asking again with the same link cannot help. */
function isFinal(failure: ApiFailure): boolean {
  return failure.reason === 'unauthorized' || failure.reason === 'notFound';
}
