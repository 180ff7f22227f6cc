import { onScopeDispose } from 'vue';

/** The browser asks before the page goes away while `isUnsaved` says so. */
export function useUnsavedGuard(isUnsaved: () => boolean): void {
  const ask = (event: BeforeUnloadEvent): void => {
    if (isUnsaved()) event.preventDefault();
  };
  window.addEventListener('beforeunload', ask);
  onScopeDispose(() => window.removeEventListener('beforeunload', ask));
}
