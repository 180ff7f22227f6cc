import { shallowRef } from 'vue';
import { useFailureText } from '../../extension/locales/useFailureText.ts';
import type { ApiFailure } from '../../shared/protocol/apiClient.ts';
import type { ChangeRequest, ConsoleAnswer } from '../../shared/protocol/http.ts';
import type { Result } from '../../shared/result.ts';

export type SendChange = (body: ChangeRequest) => Promise<Result<ConsoleAnswer, ApiFailure>>;

/** A button that changes the event at once: whether it works on it, and what is to be said after. */
export function useEventChange(send: () => SendChange) {
  const failureText = useFailureText();
  const sending = shallowRef(false);
  const problem = shallowRef('');
  const announcement = shallowRef('');

  async function change(body: ChangeRequest, done: string): Promise<void> {
    sending.value = true;
    problem.value = '';
    const answer = await send()(body);
    sending.value = false;
    if (answer.ok) announcement.value = done;
    else problem.value = failureText(answer.error);
  }
  return { sending, problem, announcement, change };
}
