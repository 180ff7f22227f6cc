import { isIPv4 } from 'node:net';
import { EXTENSION_ID } from '../../shared/extensionIdentity.ts';

interface OriginSettings {
  /** Without a slash at the end; null: every request's own host. */
  readonly publicUrl: string | null;
  readonly extensionIds: readonly string[];
  readonly origins: readonly string[];
}

/** Which pages may talk to this server: its own, the extension's, and those the operator names. */
export class AllowedOrigins {
  readonly #named: ReadonlySet<string>;
  readonly #hasPublicUrl: boolean;

  constructor({ publicUrl, extensionIds, origins }: OriginSettings) {
    const own = publicUrl === null ? [] : [new URL(publicUrl).origin];
    const extensions = [EXTENSION_ID, ...extensionIds].map(extensionOrigin);
    this.#named = new Set([...own, ...extensions, ...origins]);
    this.#hasPublicUrl = publicUrl !== null;
  }

  isNamed(origin: string): boolean {
    return this.#named.has(origin);
  }

  /**
   * `host` is where the request came in: a page of that very host is the server's own. But a foreign
   * page can bring its own host name here by its DNS. So names that anybody can buy do not count, and
   * once the operator has said where the server is, only this machine does.
   */
  allows(origin: string, host: string | undefined): boolean {
    if (this.#named.has(origin)) return true;
    if (host === undefined) return false;
    if (origin !== `http://${host}` && origin !== `https://${host}`) return false;
    return this.#hasPublicUrl ? isThisMachine(host) : isLocalName(host);
  }
}

/** Firefox's ids have hyphens. */
function extensionOrigin(id: string): string {
  return id.includes('-') ? `moz-extension://${id}` : `chrome-extension://${id}`;
}

function isThisMachine(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/.test(host);
}

/** RFC 6761, RFC 6762, RFC 8375: no registry sells these. */
const LOCAL_NAME = /\.(?:localhost|local|home\.arpa)$/u;

/** An address, or a name that only a local network gives. */
function isLocalName(host: string): boolean {
  const url = URL.parse(`http://${host}`);
  if (url === null) return false;
  const { hostname } = url;
  const isAddress = hostname.startsWith('[') || isIPv4(hostname);
  return isAddress || !hostname.includes('.') || LOCAL_NAME.test(hostname);
}
