import { createApiClient, type ApiClient } from '../../shared/protocol/apiClient.ts';
import { useAbortSignal } from '../page/useAbortSignal.ts';

/** The server that this page came from; requests end with the component that made them. */
export function useApi(): ApiClient {
  const signal = useAbortSignal();
  return createApiClient('', (url, init) =>
    fetch(url, { ...init, signal, credentials: 'omit', cache: 'no-store' }),
  );
}
