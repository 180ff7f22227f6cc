import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { EventId } from '../../shared/ids.ts';
import { StoredBlocks } from './storedBlocks.ts';

const { fakeBrowser } = await vi.hoisted(async () => {
  const browser = await import('wxt/testing/fake-browser');
  Object.assign(globalThis, { browser: browser.fakeBrowser });
  return browser;
});

const DAY_MS = 24 * 60 * 60 * 1_000;
const [TALK, OTHER] = ['event1' as EventId, 'event2' as EventId];
const { local } = fakeBrowser.storage;

const sealOf = (name: string) => `sealOf${name}0123456789`;

async function visit(eventId: EventId): Promise<StoredBlocks> {
  const blocks = new StoredBlocks();
  await blocks.open(eventId);
  return blocks;
}

describe('CL43: the blocks of an event', () => {
  beforeEach(() => {
    fakeBrowser.reset();
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it('are known at the next visit, and at no other event', async () => {
    const blocks = await visit(TALK);
    blocks.keep(sealOf('Ada'));
    expect((await visit(TALK)).latest()).toEqual([sealOf('Ada')]);
    expect((await visit(OTHER)).latest()).toEqual([]);
    await blocks.open(OTHER);
    expect(blocks.latest()).toEqual([]);
  });

  it('of two events in two tabs do not overwrite each other', async () => {
    const [talk, other] = [await visit(TALK), await visit(OTHER)];
    other.keep(sealOf('Ben'));
    talk.keep(sealOf('Ada'));
    expect((await visit(OTHER)).latest()).toEqual([sealOf('Ben')]);
  });

  it('that were said in another tab are known to a panel that comes in again', async () => {
    const first = await visit(TALK);
    first.keep(sealOf('Ada'));
    (await visit(TALK)).keep(sealOf('Ben'));
    await first.open(TALK);
    expect(first.latest()).toEqual([sealOf('Ada'), sealOf('Ben')]);
    first.keep(sealOf('Cleo'));
    expect((await visit(TALK)).latest()).toEqual(['Ada', 'Ben', 'Cleo'].map(sealOf));
  });

  it('are the latest eight', async () => {
    const blocks = await visit(TALK);
    const all = Array.from({ length: 10 }, (_, index) => sealOf(String(index)));
    for (const seal of all) blocks.keep(seal);
    expect(blocks.latest()).toEqual(all.slice(2));
    expect((await visit(TALK)).latest()).toEqual(all.slice(2));
  });

  it('are forgotten a month after the last one, those of other events as well', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    (await visit(TALK)).keep(sealOf('Ada'));
    vi.setSystemTime(Date.now() + 30 * DAY_MS);
    (await visit(OTHER)).keep(sealOf('Ben'));
    expect((await visit(TALK)).latest()).toEqual([sealOf('Ada')]);
    vi.setSystemTime(Date.now() + DAY_MS);
    await visit(OTHER);
    await vi.waitFor(async () => {
      expect(Object.keys(await local.get(null))).toEqual([`blocks:${OTHER}`]);
    });
  });

  it('that cannot be read are none, and are forgotten', async () => {
    await local.set({ [`blocks:${TALK}`]: { day: 'today', seals: [{}] } });
    expect((await visit(TALK)).latest()).toEqual([]);
    await vi.waitFor(async () => expect(await local.get(null)).toEqual({}));
  });

  it('are remembered by the panel alone where the storage fails, and nobody is kept out', async () => {
    vi.spyOn(local, 'get').mockRejectedValue(new Error('The disk is full.'));
    vi.spyOn(local, 'set').mockRejectedValue(new Error('The disk is full.'));
    const blocks = await visit(TALK);
    blocks.keep(sealOf('Ada'));
    await blocks.open(TALK);
    expect(blocks.latest()).toEqual([sealOf('Ada')]);
  });
});
