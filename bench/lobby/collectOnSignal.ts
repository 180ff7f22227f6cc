/**
 * Loaded before a measured server (`--import`): SIGUSR2 collects all garbage and gives the pages back,
 * so that resident memory tells what is held and not what was thrown away.
 */
type Collect = (options: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void;

const { gc } = globalThis as { gc?: Collect };
if (gc === undefined) throw new Error('Start this process with --expose-gc.');

process.on('SIGUSR2', () => gc({ type: 'major', execution: 'sync', flavor: 'last-resort' }));
