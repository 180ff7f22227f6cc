import type { Logger } from 'pino';
import type { EventId } from '../../shared/ids.ts';
import type { BlockedPair, BlockRepository } from '../ports/blockRepository.ts';
import type { Clock } from '../ports/clock.ts';
import type { ServerLimits } from './serverLimits.ts';

interface KeeperParts {
  readonly eventId: EventId;
  readonly blocks: BlockRepository;
  readonly clock: Clock;
  readonly limits: Pick<ServerLimits, 'storagePauseMs'>;
  readonly log: Logger;
}

/**
 * Writes down who shall not meet, and tries again until it is written. Nobody waits for it: in the
 * lobby a block holds from the moment it is said.
 */
export class BlockKeeper {
  readonly #parts: KeeperParts;
  readonly #unwritten: BlockedPair[] = [];
  #writing: Promise<void> | null = null;
  #cancelRetry: (() => void) | null = null;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
  }

  get settled(): boolean {
    return this.#unwritten.length === 0;
  }

  keep(pair: BlockedPair): void {
    this.#unwritten.push(pair);
    if (this.#cancelRetry === null) this.#write();
  }

  /** Tries once more, if need be, and then no more. */
  async stop(): Promise<void> {
    this.#cancelRetry?.();
    while (this.#writing) await this.#writing;
    this.#cancelRetry?.();
    if (this.settled || (await this.#writeAll())) return;
    const { eventId, log } = this.#parts;
    log.error({ eventId, pairs: this.#unwritten.length }, 'blocks could not be stored');
  }

  #write(): void {
    this.#writing ??= this.#writeAll().then((written) => {
      this.#writing = null;
      if (!written) this.#writeLater();
      else if (!this.settled) this.#write();
    });
  }

  /** Those that come meanwhile are for the next time. */
  async #writeAll(): Promise<boolean> {
    const { blocks, eventId } = this.#parts;
    const batch = [...this.#unwritten];
    const recorded = await blocks.record(eventId, batch);
    if (recorded.ok) this.#unwritten.splice(0, batch.length);
    return recorded.ok;
  }

  #writeLater(): void {
    const { clock, limits } = this.#parts;
    this.#cancelRetry = clock.after(limits.storagePauseMs, () => {
      this.#cancelRetry = null;
      this.#write();
    });
  }
}
