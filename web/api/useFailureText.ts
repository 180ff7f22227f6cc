import { useI18n } from 'vue-i18n';
import type { ApiFailure } from './apiFailure.ts';

/** A failure in a sentence that says what to do next. */
export function useFailureText(): (failure: ApiFailure) => string {
  const { t } = useI18n();
  return (failure) => {
    const name = failure.kind === 'refused' ? failure.reason : failure.kind;
    return t(`web.failure.${name}`);
  };
}
