import { onScopeDispose } from 'vue';

/** A signal that ends with the component that asked for it. */
export function useAbortSignal(): AbortSignal {
  const controller = new AbortController();
  onScopeDispose(() => controller.abort());
  return controller.signal;
}
