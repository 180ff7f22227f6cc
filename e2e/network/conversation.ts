import { expect } from 'vitest';
import type { RecordedPair } from './recordPair.ts';
import type { RecordedSeat } from './recordSeat.ts';
import { timelineSince, timelineTable, type TimelineEntry } from './timeline.ts';
import { writeTimeline, type Story } from './writeTimeline.ts';

/** A call between the two, recorded from both sides, and what is done to it. */
export interface Conversation {
  readonly ada: RecordedSeat;
  readonly ben: RecordedSeat;
  readonly both: readonly [RecordedSeat, RecordedSeat];
  /** Does something to the network and notes it; gives back when it began, ms since 1970. */
  fault(what: string, act: () => void | Promise<void>): Promise<number>;
  /**
   * Each side sees the other again, the later one at most `barMs` after `since`. Everything that
   * happened is the error's text where not, and is written down where timelines are wanted.
   */
  expectBack(how: 'picture' | 'thaw', since: number, barMs: number): Promise<void>;
  /** Neither side has described a new way to itself since then; the error's text as above. */
  expectNoRestart(since: number): Promise<void>;
  /** All since shortly before the first fault. */
  tell(): Promise<void>;
}

const SHORTLY_BEFORE_MS = 700;
/** Longer than any repair may take: how late it was is worth knowing. */
const PATIENCE_MS = 30_000;

/** A call as the stage of a story, with nothing left of the one before. */
export async function beginStory(both: RecordedPair, story: Story): Promise<Conversation> {
  const [ada, ben] = both;
  const done: TimelineEntry[] = [];
  const table = async () => {
    const zero = done[0]?.at ?? Date.now();
    return timelineTable(await timelineSince(zero - SHORTLY_BEFORE_MS, both, done), zero);
  };
  await Promise.all(both.map((side) => side.repaired()));
  await Promise.all(both.map((side) => side.flowing()));
  return {
    ada,
    ben,
    both,
    fault: async (what, act) => {
      const at = Date.now();
      await act();
      done.push({ at, who: 'network', what });
      return at;
    },
    expectBack: async (how, since, barMs) => {
      const found = await Promise.all(
        both.map((side) =>
          how === 'picture'
            ? side.pictureAfter(since, PATIENCE_MS)
            : side.thawAfter(since, PATIENCE_MS),
        ),
      );
      const took = Math.max(...found.map((at) => (at ?? Infinity) - since));
      expect(took, `The pictures were back too late.\n${await table()}`).toBeLessThan(barMs);
    },
    expectNoRestart: async (since) => {
      const records = await Promise.all(both.map((side) => side.read()));
      const restarts = records
        .flatMap(({ connection }) => connection)
        .filter(({ at, what }) => at > since && what.startsWith('ICE restart'));
      expect(restarts, `There was an ICE restart.\n${await table()}`).toEqual([]);
    },
    tell: async () => writeTimeline(story, await table()),
  };
}
