import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { EventId, MatchId } from '../../shared/ids.ts';
import type { BlockRequest } from '../../shared/protocol/lobby.ts';
import { StoredBlocks } from './storedBlocks.ts';

const { fakeBrowser } = await vi.hoisted(async () => {
  const browser = await import('wxt/testing/fake-browser');
  Object.assign(globalThis, { browser: browser.fakeBrowser });
  return browser;
});

const DAY_MS = 24 * 60 * 60 * 1_000;
const [TALK, OTHER] = ['event1' as EventId, 'event2' as EventId];

function blockOf(name: string): BlockRequest {
  return { type: 'block', matchId: `match${name}` as MatchId, partnerSeal: `seal${name}` };
}

async function visit(eventId: EventId): Promise<StoredBlocks> {
  const blocks = new StoredBlocks();
  await blocks.open(eventId);
  return blocks;
}

describe('CL43: the blocks of an event', () => {
  beforeEach(() => {
    fakeBrowser.reset();
    vi.useRealTimers();
  });

  it('are known at the next visit, and at no other event', async () => {
    const blocks = await visit(TALK);
    blocks.keep(blockOf('Ada'));
    expect((await visit(TALK)).latest()).toEqual([blockOf('Ada')]);
    expect((await visit(OTHER)).latest()).toEqual([]);
  });

  it('of two events in two tabs do not overwrite each other', async () => {
    const [talk, other] = [await visit(TALK), await visit(OTHER)];
    other.keep(blockOf('Ben'));
    talk.keep(blockOf('Ada'));
    expect((await visit(OTHER)).latest()).toEqual([blockOf('Ben')]);
  });

  it('are the latest eight', async () => {
    const blocks = await visit(TALK);
    const all = Array.from({ length: 10 }, (_, index) => blockOf(String(index)));
    for (const block of all) blocks.keep(block);
    expect(blocks.latest()).toEqual(all.slice(2));
    expect((await visit(TALK)).latest()).toEqual(all.slice(2));
  });

  it('are forgotten a month later, those of other events as well', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    (await visit(TALK)).keep(blockOf('Ada'));
    vi.setSystemTime(Date.now() + 29 * DAY_MS);
    (await visit(OTHER)).keep(blockOf('Ben'));
    expect((await visit(TALK)).latest()).toEqual([blockOf('Ada')]);
    vi.setSystemTime(Date.now() + 2 * DAY_MS);
    await visit(OTHER);
    expect(Object.keys(await fakeBrowser.storage.local.get(null))).toEqual([`blocks:${OTHER}`]);
  });
});
