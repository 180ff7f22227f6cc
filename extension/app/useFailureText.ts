import type { ApiFailure } from '../../shared/protocol/apiClient.ts';
import { useTexts } from '../locales/useTexts.ts';

/** A failed request in a sentence that says what to do next. */
export function useFailureText(): (failure: ApiFailure) => string {
  const { text } = useTexts();
  return ({ reason, message }) => {
    switch (reason) {
      case 'unreachable':
      case 'notFoyer':
      case 'urlTaken':
      case 'tooMany':
        return text(`failure.${reason}`);
      default:
        return message === '' ? text('failure.other') : message;
    }
  };
}
