import type { Place } from '../../e2e/network/openPlace.ts';
import { recordPair, type RecordedPair } from '../../e2e/network/recordPair.ts';
import { sitDown } from '../../e2e/network/sitDown.ts';
import type { RecoveringPair } from './recoveringPair.ts';

/** A call that does not flow again within this time is taken for lost, ms. */
const LOST_MS = 8_000;
const NEW_CALL_MS = 30_000;

/** Foyer as built: panels in two browsers, and pictures as they are shown, read by their content. */
export function foyerPair(place: Place): RecoveringPair {
  let pair: RecordedPair | null = null;
  return {
    ready: async () => {
      // The baseline's new tabs came to the front.
      for (const { seat } of pair ?? []) await seat.page.bringToFront();
      if (pair !== null && (await flows(pair, LOST_MS))) return;
      if (pair !== null) console.error('  Foyer lost the call; a new one is made.');
      pair = await callAnew(place);
      if (!(await flows(pair, NEW_CALL_MS))) throw new Error('A new call does not flow.');
    },
    backAfter: async (how, since, capMs) => {
      const times = (pair ?? []).map(async (side) => {
        const find = how === 'thaw' ? side.thawAfter : side.pictureAfter;
        return ((await find(since, capMs)) ?? Infinity) - since;
      });
      return Math.min(capMs, Math.max(...(await Promise.all(times))));
    },
  };
}

async function callAnew(place: Place): Promise<RecordedPair> {
  const seats = await sitDown(place, 'withoutTurn');
  const pair = await recordPair(seats);
  for (const { panel } of Object.values(seats)) await panel.pressReady();
  return pair;
}

async function flows(pair: RecordedPair, withinMs: number): Promise<boolean> {
  const ended = await Promise.allSettled(pair.map((side) => side.flowing(withinMs)));
  return ended.every(({ status }) => status === 'fulfilled');
}
