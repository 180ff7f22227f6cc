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
