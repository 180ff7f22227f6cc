import * as v from 'valibot';
import { hasRelay } from '../../shared/protocol/iceServer.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Millis } from '../../shared/ids.ts';
import { askService } from './askService.ts';
import { GivenServerSchema, iceServerOf } from './givenServer.ts';
import type { FetchedService } from './relayService.ts';

export interface CloudflareKey {
  readonly keyId: string;
  readonly apiToken: string;
  /** `https://rtc.live.cloudflare.com`, or what stands in for it. */
  readonly api: string;
}

/** `generate-ice-servers` answers a list, the older `generate` a single server. */
const AnswerSchema = v.object({
  iceServers: v.union([v.array(GivenServerSchema), GivenServerSchema]),
});

/** Browsers refuse to connect to the port of DNS, and wait long for it. */
const PORT_53 = /:53(\?|$)/;

/** Cloudflare's TURN service: https://developers.cloudflare.com/realtime/turn/generate-credentials/ */
export function cloudflare(
  { keyId, apiToken, api }: CloudflareKey,
  { validMs, timeoutMs }: { validMs: Millis; timeoutMs: Millis },
): FetchedService {
  const path = `/v1/turn/keys/${encodeURIComponent(keyId)}/credentials/generate-ice-servers`;
  const question = {
    url: new URL(path, api),
    method: 'POST' as const,
    headers: { authorization: `Bearer ${apiToken}` },
    body: { ttl: Math.floor(validMs / 1_000) },
  };
  return {
    kind: 'fetched',
    name: 'cloudflare',
    async fetch(signal) {
      const answer = await askService(AnswerSchema, question, { signal, timeoutMs });
      if (!answer.ok) return answer;
      const servers = [answer.value.iceServers]
        .flat()
        .map(iceServerOf)
        .map((server) => ({ ...server, urls: server.urls.filter((url) => !PORT_53.test(url)) }))
        .filter(({ urls }) => urls.length > 0);
      return hasRelay(servers) ? ok({ servers, validMs }) : fail('notUnderstood');
    },
  };
}
