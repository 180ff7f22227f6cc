import * as v from 'valibot';
import { storage } from 'wxt/utils/storage';
import type { EventId } from '../../shared/ids.ts';
import { TokenField } from '../../shared/protocol/fields.ts';
import type { BlockMemory } from '../call/ports.ts';
import { BLOCKS, blocksKey } from './items.ts';

/** What was said longer ago has been written down long since. */
const KEPT = 8;
/** After the last block at an event; hardly anybody comes back to one later. */
const KEPT_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** An earlier version of Foyer may have kept something else. */
const KeptBlocksSchema = v.object({
  /** Of the last one, days since 1970. */
  day: v.number(),
  seals: v.array(TokenField),
});

/**
 * Whom this browser has blocked at one event. It outlives the panel: who blocks somebody while there is
 * no server, and closes the page, has blocked them when they come again. A storage that fails keeps
 * nobody out of a lobby; then only this panel remembers.
 */
export class StoredBlocks implements BlockMemory {
  #eventId: EventId | null = null;
  #seals: readonly string[] = [];

  /** Before each way into the lobby: the person may have been there in another tab meanwhile. */
  async open(eventId: EventId): Promise<void> {
    if (eventId !== this.#eventId) this.#seals = [];
    this.#eventId = eventId;
    const kept = await read(eventId).catch(() => []);
    if (eventId === this.#eventId) this.#seals = latestOf([...kept, ...this.#seals]);
    void forgetOld().catch(() => undefined);
  }

  latest(): readonly string[] {
    return this.#seals;
  }

  /** Written without another look at what is kept: the page may go in this moment. */
  keep(partnerSeal: string): void {
    this.#seals = latestOf([...this.#seals, partnerSeal]);
    if (this.#eventId === null) return;
    const kept = { day: today(), seals: this.#seals };
    void storage.setItem(blocksKey(this.#eventId), kept).catch(() => undefined);
  }
}

function latestOf(seals: readonly string[]): readonly string[] {
  return [...new Set(seals)].slice(-KEPT);
}

async function read(eventId: EventId): Promise<readonly string[]> {
  const kept = v.safeParse(KeptBlocksSchema, await storage.getItem(blocksKey(eventId)));
  return kept.success ? kept.output.seals : [];
}

async function forgetOld(): Promise<void> {
  const all = await storage.snapshot('local');
  const old = Object.entries(all)
    .map(([key, value]) => [`local:${key}`, v.safeParse(KeptBlocksSchema, value)] as const)
    .filter(([key]) => key.startsWith(BLOCKS))
    .filter(([, kept]) => !kept.success || kept.output.day < today() - KEPT_DAYS);
  await storage.removeItems(old.map(([key]) => key));
}

function today(): number {
  return Math.floor(Date.now() / DAY_MS);
}
