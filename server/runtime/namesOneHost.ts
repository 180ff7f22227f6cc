import type { IncomingMessage } from 'node:http';

/**
 * Whether a request says once to which host it goes. Of two, this server and a proxy before it may
 * each believe another (RFC 9112, section 3.2, wants such a request refused).
 */
export function namesOneHost({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): boolean {
  const names = rawHeaders.filter((_, index) => index % 2 === 0);
  return names.filter((name) => name.toLowerCase() === 'host').length === 1;
}
