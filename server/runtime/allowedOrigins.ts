import { EXTENSION_ID } from '../../shared/extensionIdentity.ts';

/** Which pages may talk to this server: its own, the extension's, and those the operator names. */
export class AllowedOrigins {
  readonly #named: ReadonlySet<string>;

  constructor(publicUrl: string | null, extra: readonly string[]) {
    const own = publicUrl === null ? [] : [new URL(publicUrl).origin];
    this.#named = new Set([...own, `chrome-extension://${EXTENSION_ID}`, ...extra]);
  }

  isNamed(origin: string): boolean {
    return this.#named.has(origin);
  }

  /** `host` is where the request came in: a page of that very host is the server's own. */
  allows(origin: string, host: string | undefined): boolean {
    if (this.#named.has(origin)) return true;
    return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
  }
}
