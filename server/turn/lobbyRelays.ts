import type { MemberId, Millis } from '../../shared/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { IceServer, LobbyIceServers } from '../ports/iceServerSource.ts';
import type { FoundRelay, RelayChain } from './relayChain.ts';

interface LobbyRelayParts {
  readonly chain: RelayChain;
  /** Handed out in any case: they need no credentials. */
  readonly always: readonly IceServer[];
  readonly clock: Clock;
  /** A member keeps what was issued for this long before there is something fresher. */
  readonly renewMs: Millis;
  readonly changed: (relays: boolean) => void;
}

/** Nothing serves, or only a stand-in does: the services are asked again this soon. */
const RETRY_MS: Millis = 15_000;
/** The relay's clock, and the way to it, may be this far from ours. */
const SLACK_MS: Millis = 30_000;

/**
 * One lobby's credentials, fetched before anybody needs them and again at half of the time for which
 * they may be handed out. What is handed out holds until its owner gets something fresher.
 */
export class LobbyRelays implements LobbyIceServers {
  readonly #parts: LobbyRelayParts;
  readonly #signal: AbortSignal;
  #found: { readonly relay: FoundRelay; readonly until: Millis } | null = null;
  #told = false;
  #refreshing: Promise<void> | null = null;
  /** Somebody came or went while the services were being asked. */
  #isOutdated = false;
  #cancel: () => void = () => undefined;

  constructor(parts: LobbyRelayParts, signal: AbortSignal) {
    this.#parts = parts;
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#cancel(), { once: true });
    if (!signal.aborted) parts.chain.watch(() => void this.refresh(), signal);
  }

  get relays(): boolean {
    return this.#usable() !== null;
  }

  issue(member: MemberId): readonly IceServer[] {
    return [...this.#parts.always, ...(this.#usable()?.issue(member) ?? [])];
  }

  /** Settles after the first round of questions; later rounds follow by themselves. */
  async refresh(): Promise<void> {
    if (this.#refreshing) {
      this.#isOutdated = true;
      return this.#refreshing;
    }
    this.#refreshing = this.#ask();
    await this.#refreshing;
    this.#refreshing = null;
    if (!this.#isOutdated) return;
    this.#isOutdated = false;
    return this.refresh();
  }

  async #ask(): Promise<void> {
    const { chain, clock } = this.#parts;
    this.#cancel();
    if (this.#signal.aborted || chain.isEmpty) return;
    const askedAt = clock.now();
    const relay = await chain.find(this.#signal);
    if (this.#signal.aborted) return;
    if (relay) this.#found = { relay, until: askedAt + this.#usableMs(relay) };
    this.#tell();
    const pause = this.#pauseMs(relay);
    if (pause !== null) this.#cancel = clock.after(pause, () => void this.refresh());
  }

  #usable(): FoundRelay | null {
    if (this.#found === null || this.#found.until <= this.#parts.clock.now()) return null;
    return this.#found.relay.serves() ? this.#found.relay : null;
  }

  #usableMs({ validMs }: FoundRelay): Millis {
    return validMs === null ? Infinity : validMs - this.#parts.renewMs - SLACK_MS;
  }

  /** Null: there is nothing better to come. */
  #pauseMs(relay: FoundRelay | null): Millis | null {
    if (relay === null) return RETRY_MS;
    if (relay.preferred && relay.validMs === null) return null;
    const half = Math.max(RETRY_MS, this.#usableMs(relay) / 2);
    return relay.preferred ? half : Math.min(RETRY_MS, half);
  }

  #tell(): void {
    const { relays } = this;
    if (relays === this.#told) return;
    this.#told = relays;
    this.#parts.changed(relays);
  }
}
