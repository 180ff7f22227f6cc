import { BroadcastChannel, isMainThread } from 'node:worker_threads';

/**
 * Loaded before a measured server (`--import`), into each of its threads: SIGUSR2 collects all garbage,
 * gives the pages back, and says in a line what the process then holds.
 */
type Collect = (options: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void;

const { gc } = globalThis as { gc?: Collect };
if (gc === undefined) throw new Error('Start this process with --expose-gc.');

/** Of this thread alone, bytes. */
function collect(): number {
  gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

type Said = 'here' | 'collect' | { readonly heldBytes: number };

const threads = new BroadcastChannel('collect on signal');
const say = (said: Said) => threads.postMessage(said);
threads.unref();
let others = 0;
let asked = 0;
let heldBytes = 0;

function reportWhenAll(): void {
  if (asked > 0) return;
  console.log(JSON.stringify({ msg: 'held', heldBytes, residentBytes: process.memoryUsage().rss }));
}

threads.onmessage = (message) => obey(message.data as Said);

function obey(said: Said): void {
  if (said === 'collect') {
    if (!isMainThread) say({ heldBytes: collect() });
  } else if (said === 'here') others += 1;
  else if (isMainThread) {
    asked -= 1;
    heldBytes += said.heldBytes;
    reportWhenAll();
  }
}

if (!isMainThread) say('here');
else
  process.on('SIGUSR2', () => {
    asked = others;
    heldBytes = collect();
    say('collect');
    reportWhenAll();
  });
