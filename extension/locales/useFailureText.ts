import type { ApiFailure } from '../../shared/protocol/apiClient.ts';
import { useTexts } from './useTexts.ts';

/** A failed request in a sentence that says what to do next. */
export function useFailureText(): (failure: ApiFailure) => string {
  const { text } = useTexts();
  return ({ reason }) => text(`failure.${reason}`);
}
