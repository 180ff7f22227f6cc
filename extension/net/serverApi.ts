import { createApiClient, type ApiClient } from '../../shared/protocol/apiClient.ts';

/** The server's HTTP interface; no cookie goes along, and no answer is taken from a cache. */
export function serverApi(serverUrl: string): ApiClient {
  return createApiClient(serverUrl, (url, init) =>
    fetch(url, { ...init, credentials: 'omit', cache: 'no-store' }),
  );
}
