import { decode } from '../../shared/protocol/decode.ts';
import { HealthAnswerSchema } from '../../shared/protocol/http.ts';

/** What a try to reach a server came to. */
export type ServerCheck = 'reachable' | 'unreachable' | 'notFoyer' | 'notAnAddress' | 'insecure';

/** Loopback never leaves the machine; everywhere else pages must not be read on the way. */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Asks an address whether a Foyer server lives there. */
export async function checkServer(address: string): Promise<ServerCheck> {
  const server = serverOrigin(address);
  if (server === null) return 'notAnAddress';
  if (server.protocol === 'http:' && !LOOPBACK.has(server.hostname)) return 'insecure';
  try {
    const response = await fetch(new URL('/healthz', server), { credentials: 'omit' });
    const answer = decode(HealthAnswerSchema, await response.json().catch(() => null));
    return answer.ok ? 'reachable' : 'notFoyer';
  } catch {
    return 'unreachable';
  }
}

/** The part of a typed address that names a server; null when it names none. */
export function serverOrigin(address: string): URL | null {
  try {
    const { origin, protocol } = new URL(address.trim());
    return protocol === 'http:' || protocol === 'https:' ? new URL(origin) : null;
  } catch {
    return null;
  }
}
