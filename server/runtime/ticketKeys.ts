import type { Logger } from 'pino';
import * as v from 'valibot';
import type { Millis } from '../../shared/ids.ts';
import { decodeJson } from '../../shared/protocol/decode.ts';
import type { Clock } from '../ports/clock.ts';
import type { Mint } from '../ports/mint.ts';
import type { SettingRepository } from '../ports/settingRepository.ts';
import { freshKey, rotated, signingKey, usableKeys } from './keyRotation.ts';
import type { ServerLimits } from './serverLimits.ts';
import { TicketKeySchema, type TicketKey } from './ticketKey.ts';

const KeysSchema = v.array(TicketKeySchema);

interface KeyParts {
  readonly settings: SettingRepository;
  readonly clock: Clock;
  readonly mint: Mint;
  readonly limits: ServerLimits;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

const SETTING = 'ticketKeys';

/**
 * The keys that all nodes sign tickets with: kept in the settings, a new one each day. Every node
 * reads them again long before a new one begins to sign.
 */
export class TicketKeys {
  readonly #parts: KeyParts;
  #keys: readonly TicketKey[];

  private constructor(parts: KeyParts, keys: readonly TicketKey[]) {
    this.#parts = parts;
    this.#keys = keys;
    this.#refreshLater();
  }

  static async open(parts: KeyParts): Promise<TicketKeys> {
    return new TicketKeys(parts, await readKeys(parts, false));
  }

  signing(): TicketKey {
    return signingKey(this.#keys, this.#now());
  }

  /** Null when the key is unknown, or was replaced so long ago that none of its tickets lives. */
  find(id: string): TicketKey | null {
    const { ticketTtlMs } = this.#parts.limits;
    const usable = usableKeys(this.#keys, this.#now(), ticketTtlMs);
    return usable.find((key) => key.id === id) ?? null;
  }

  /** For an operator who fears that somebody has read the settings: makes a new key at once. */
  async rotate(): Promise<void> {
    this.#keys = await readKeys(this.#parts, true);
    this.#parts.log.info('a new ticket key was made');
  }

  #now(): Millis {
    return this.#parts.clock.date().getTime();
  }

  #refreshLater(): void {
    const { clock, limits, signal } = this.#parts;
    if (signal.aborted) return;
    const cancel = clock.after(limits.ticketKeyRefreshMs, () => {
      signal.removeEventListener('abort', cancel);
      void this.#refresh();
    });
    signal.addEventListener('abort', cancel, { once: true });
  }

  async #refresh(): Promise<void> {
    try {
      this.#keys = await readKeys(this.#parts, false);
    } catch (error) {
      this.#parts.log.warn(
        { err: error },
        'ticket keys could not be read; the known ones serve on',
      );
    }
    this.#refreshLater();
  }
}

/** Makes the first key, and the next when it is due or wanted. */
async function readKeys(parts: KeyParts, wanted: boolean): Promise<readonly TicketKey[]> {
  const { settings, clock, mint, limits } = parts;
  const text = await settings.change(SETTING, (value) => {
    const now = clock.date().getTime();
    const keys = parseKeys(value);
    const next =
      keys.length === 0 ? [freshKey(mint, now)] : rotated(keys, { mint, now, limits, wanted });
    return next === keys && value !== null ? value : JSON.stringify(next);
  });
  return parseKeys(text);
}

/** What cannot be read is replaced: at worst the tickets under way are refused. */
function parseKeys(text: string | null): readonly TicketKey[] {
  const keys = text === null ? null : decodeJson(KeysSchema, text);
  return keys?.ok ? keys.value : [];
}
