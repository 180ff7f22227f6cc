import type { Figures } from './figures.ts';

/** `npm run bench -- NAME`: runs one measurement; the last line it prints is for programs. */
const BENCHES: Readonly<Record<string, () => Promise<Figures>>> = {
  'call-setup': async () => (await import('./callSetup.ts')).callSetup(),
};

const name = process.argv[2] ?? '';
const bench = BENCHES[name];
if (bench === undefined) {
  console.error(`Name a measurement: npm run bench -- ${Object.keys(BENCHES).join(' | ')}`);
  process.exitCode = 1;
} else {
  const figures = await bench();
  console.log(JSON.stringify({ bench: name, figures }));
}
