import { expect, it } from 'vitest';
import { LatestWins } from './latestWins.ts';

/** Jobs that end when they are told to. */
function gatedQueue() {
  const begun: string[] = [];
  const cut: string[] = [];
  let finish: () => void = () => undefined;
  const queue = new LatestWins<string>(async (job, signal) => {
    begun.push(job);
    signal.addEventListener('abort', () => cut.push(job));
    await new Promise<void>((resolve) => (finish = resolve));
  });
  return { queue, begun, cut, finishOne: () => finish() };
}

const aTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

it('DV9: one job runs at a time, and of those that wait only the latest', async () => {
  const { queue, begun, cut, finishOne } = gatedQueue();
  const done = Promise.all(['a', 'b', 'c', 'd'].map((job) => queue.ask(job, false)));
  expect(begun).toEqual(['a']);
  finishOne();
  await aTurn();
  expect(begun).toEqual(['a', 'd']);
  finishOne();
  await done;
  expect(cut).toEqual([]);
});

it('DV9: an urgent job cuts the running one short, and is not displaced by others', async () => {
  const { queue, begun, cut, finishOne } = gatedQueue();
  void queue.ask('a', false);
  void queue.ask('choice', true);
  void queue.ask('look', false);
  expect(cut).toEqual(['a']);
  finishOne();
  await aTurn();
  expect(begun).toEqual(['a', 'choice']);
  finishOne();
  await queue.idle();
});

it('DV9: stopping forgets what waits', async () => {
  const { queue, begun, cut, finishOne } = gatedQueue();
  void queue.ask('a', false);
  void queue.ask('b', false);
  queue.stop();
  finishOne();
  await queue.idle();
  expect([begun, cut]).toEqual([['a'], ['a']]);
});
