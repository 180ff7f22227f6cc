import { storage } from 'wxt/utils/storage';
import type { EventId } from '../../shared/ids.ts';
import type { BlockRequest } from '../../shared/protocol/lobby.ts';
import type { BlockMemory } from '../call/ports.ts';
import { BLOCKS, blocksAt, type KeptBlocks } from './items.ts';

/** What was said longer ago has been written down long since. */
const KEPT = 8;
/** Longer than any event; its server forgets a day after its end. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1_000;

/**
 * Whom this browser has blocked at one event. It outlives the panel: who blocks somebody while there is
 * no server, and closes the page, has blocked them when they come again.
 */
export class StoredBlocks implements BlockMemory {
  #eventId: EventId | null = null;
  #latest: readonly BlockRequest[] = [];

  /** Reads what is kept of an event; once is enough. */
  async open(eventId: EventId): Promise<void> {
    if (eventId === this.#eventId) return;
    await forgetBefore(Date.now() - KEPT_MS);
    const { latest } = await blocksAt(eventId).getValue();
    this.#eventId = eventId;
    this.#latest = latest;
  }

  latest(): readonly BlockRequest[] {
    return this.#latest;
  }

  /** Written without another look at what is kept: the page may go in this moment. */
  keep(block: BlockRequest): void {
    if (this.#eventId === null) return;
    this.#latest = [...this.#latest, block].slice(-KEPT);
    void blocksAt(this.#eventId).setValue({ at: Date.now(), latest: this.#latest });
  }
}

async function forgetBefore(time: number): Promise<void> {
  const all = await storage.snapshot('local');
  const old = Object.entries(all)
    .map(([key, value]) => [`local:${key}`, value] as const)
    .filter(([key, value]) => key.startsWith(BLOCKS) && (value as KeptBlocks).at < time);
  await storage.removeItems(old.map(([key]) => key));
}
