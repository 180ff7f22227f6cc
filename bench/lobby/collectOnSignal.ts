/**
 * Loaded before a measured server (`--import`): SIGUSR2 collects all garbage, gives the pages back,
 * and says in a line what the process then holds.
 */
type Collect = (options: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void;

const { gc } = globalThis as { gc?: Collect };
if (gc === undefined) throw new Error('Start this process with --expose-gc.');

process.on('SIGUSR2', () => {
  gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  const { heapUsed, external, rss } = process.memoryUsage();
  console.log(JSON.stringify({ msg: 'held', heldBytes: heapUsed + external, residentBytes: rss }));
});
