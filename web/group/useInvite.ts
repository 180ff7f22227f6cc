import { shallowRef } from 'vue';
import { eventKeyOf } from '../../shared/eventKey/eventKey.ts';
import type { InviteAnswer } from '../../shared/protocol/http.ts';
import type { ApiFailure } from '../../shared/protocol/apiClient.ts';
import { useApi } from '../api/useApi.ts';

type InviteState =
  | { readonly phase: 'loading' }
  /** The link lacks its event or its token. */
  | { readonly phase: 'broken' }
  | { readonly phase: 'failed'; readonly failure: ApiFailure }
  | {
      readonly phase: 'shown';
      readonly invite: InviteAnswer;
      /** Null where it is no address that a person could be sent to. */
      readonly streamUrl: string | null;
    };

export function useInvite(eventId: string | null, token: string) {
  const api = useApi();
  const state = shallowRef<InviteState>({ phase: 'loading' });

  async function load(): Promise<void> {
    if (eventId === null || token === '') {
      state.value = { phase: 'broken' };
      return;
    }
    state.value = { phase: 'loading' };
    const answer = await api.invite(eventId, token);
    state.value = answer.ok
      ? { phase: 'shown', invite: answer.value, streamUrl: linkable(answer.value.streamUrl) }
      : { phase: 'failed', failure: answer.error };
  }

  void load();
  return { state, load };
}

/** Only what is an event's page may become a link: no other scheme, no credentials. */
function linkable(url: string): string | null {
  return eventKeyOf(url).ok ? url : null;
}
