import type { ApiClient } from '../../shared/protocol/apiClient.ts';
import type { LookupAnswer } from '../../shared/protocol/http.ts';
import type { Millis } from '../../shared/ids.ts';
import { ok } from '../../shared/result.ts';
import { serverApi } from '../net/serverApi.ts';
import { eventOnPage, type EventOnPage } from '../page/eventOnPage.ts';
import { serverUrl } from '../storage/items.ts';

/** A badge may be this old; a person who goes back and forth asks the server once. */
const FRESH_MS: Millis = 20_000;
const MOST_PREFIXES = 200;

type Answer = { readonly at: Millis; readonly answer: LookupAnswer };

const recent = new Map<string, Answer>();
serverUrl.watch(() => recent.clear());

/** The listed event of a page for badge and launcher; null where there is none, or no server. */
export async function listedEventOf(
  url: string,
): Promise<Extract<EventOnPage, { found: 'listed' }> | null> {
  const api = serverApi(await serverUrl.getValue());
  const found = await eventOnPage(url, { lookup: (prefix) => remembered(prefix, api) });
  return found.ok && found.value.found === 'listed' ? found.value : null;
}

async function remembered(
  prefix: string,
  api: ApiClient,
): Promise<Awaited<ReturnType<ApiClient['lookup']>>> {
  const known = recent.get(prefix);
  if (known && performance.now() - known.at < FRESH_MS) return ok(known.answer);
  const answer = await api.lookup(prefix);
  if (answer.ok) keep(prefix, answer.value);
  return answer;
}

function keep(prefix: string, answer: LookupAnswer): void {
  recent.delete(prefix);
  recent.set(prefix, { at: performance.now(), answer });
  const [oldest] = recent.keys();
  if (recent.size > MOST_PREFIXES && oldest !== undefined) recent.delete(oldest);
}
