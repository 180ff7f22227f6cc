import { expect, it } from 'vitest';
import { StorageError } from '../ports/storageError.ts';
import { SharedWrites } from './sharedWrites.ts';

/** A database whose writes end when the test says. Each request is answered with its own name in capitals. */
function slowDatabase(connections = 1) {
  const writes: { requests: readonly string[]; end: (error?: Error) => void }[] = [];
  const write = (requests: readonly string[]) => {
    const { promise, resolve, reject } = Promise.withResolvers<string[]>();
    const end = (error?: Error) => {
      if (error) reject(error);
      else resolve(requests.map((request) => request.toUpperCase()));
    };
    writes.push({ requests, end });
    return promise;
  };
  const shared = new SharedWrites(write, connections);
  const ask = (request: string) => shared.write(request).catch((error: StorageError) => error.code);
  return { writes, ask, asked: () => writes.map(({ requests }) => requests.join(' ')) };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('ST29: what is asked for while a write runs is written together, and each gets its own answer', async () => {
  const { writes, ask, asked } = slowDatabase();
  const answers = Promise.all(['a', 'b', 'c'].map(ask));
  expect(asked()).toEqual(['a']);
  writes[0]!.end();
  await turn();
  expect(asked()).toEqual(['a', 'b c']);
  writes[1]!.end();
  expect(await answers).toEqual(['A', 'B', 'C']);
});

it('ST29: nobody waits while a connection is free', () => {
  const { ask, asked } = slowDatabase(2);
  for (const request of ['a', 'b', 'c']) void ask(request);
  expect(asked()).toEqual(['a', 'b']);
});

it('ST29: what one wants is no reason to refuse the others', async () => {
  const { writes, ask, asked } = slowDatabase();
  const answers = Promise.all(['a', 'b', 'bad', 'c'].map(ask));
  const noSuchEvent = new StorageError('23503', 'There is no such event.');
  writes[0]!.end();
  await turn();
  writes[1]!.end(noSuchEvent);
  for (const [place, error] of [[2], [3, noSuchEvent], [4]] as const) {
    await turn();
    writes[place]!.end(error);
  }
  expect(await answers).toEqual(['A', 'B', '23503', 'C']);
  expect(asked()).toEqual(['a', 'b bad c', 'b', 'bad', 'c']);
});

it('ST29: who waits is not refused because a connection broke', async () => {
  const { writes, ask, asked } = slowDatabase();
  const answers = Promise.all(['a', 'b', 'c'].map(ask));
  writes[0]!.end(new StorageError('ECONNRESET', 'The connection broke.'));
  await turn();
  writes[1]!.end();
  expect(await answers).toEqual(['ECONNRESET', 'B', 'C']);
  expect(asked()).toEqual(['a', 'b c']);
});

it('ST29: a database that hangs is not asked for those who wait, and later it is', async () => {
  const { writes, ask, asked } = slowDatabase();
  const answers = Promise.all(['a', 'b', 'c'].map(ask));
  writes[0]!.end(new StorageError('tooSlow', 'It did not answer.'));
  expect(await answers).toEqual(['tooSlow', 'tooSlow', 'tooSlow']);
  const later = ask('d');
  writes[1]!.end();
  expect(await later).toBe('D');
  expect(asked()).toEqual(['a', 'd']);
});

it('ST29: one that fails while it is asked for each is asked no more', async () => {
  const { writes, ask, asked } = slowDatabase();
  const answers = Promise.all(['a', 'bad', 'b', 'c'].map(ask));
  writes[0]!.end();
  await turn();
  writes[1]!.end(new StorageError('23503', 'There is no such event.'));
  await turn();
  writes[2]!.end(new StorageError('ECONNREFUSED', 'It is gone.'));
  expect(await answers).toEqual(['A', 'ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED']);
  expect(asked()).toEqual(['a', 'bad b c', 'bad']);
});
