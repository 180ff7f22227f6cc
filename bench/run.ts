import type { Figures } from './figures.ts';

/** `npm run bench -- NAME`: runs one measurement; the last line it prints is for programs. */
const BENCHES: Readonly<Record<string, () => Promise<Figures>>> = {
  'call-setup': async () => (await import('./callSetup/callSetup.ts')).callSetup(),
  recovery: async () => (await import('./recovery/recovery.ts')).recovery(),
  blur: async () => (await import('./blur/blur.ts')).blur(),
  broker: async () => (await import('./broker/broker.ts')).broker(),
  fuzz: async () => (await import('./fuzz/fuzz.ts')).fuzz(),
  cluster: async () => (await import('./cluster/cluster.ts')).cluster(),
  matching: async () => (await import('./matching/matching.ts')).matching(),
  flood: async () => (await import('./flood/flood.ts')).flood(),
  lobby: async () => (await import('./lobby/lobby.ts')).lobby(),
};

/** Who is stopped, or hangs, takes along the servers that were started: they end with this process. */
const LONGEST_MS = 45 * 60_000;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
setTimeout(() => {
  console.error(`The measurement did not end within ${LONGEST_MS / 60_000} minutes.`);
  process.exit(1);
}, LONGEST_MS).unref();

const name = process.argv[2] ?? '';
const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
if (bench === undefined) {
  if (name !== '') console.error(`There is no measurement called "${name}".`);
  console.error(`Name one: npm run bench -- ${Object.keys(BENCHES).join(' | ')}`);
  process.exitCode = 1;
} else {
  const figures = await bench();
  console.log(JSON.stringify({ bench: name, figures }));
}
