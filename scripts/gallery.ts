import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGallery, VIEWS } from './openGallery.ts';

/** Writes a picture of every state of the panel, light and dark, usual and smallest size. */
const only = process.argv[2] ?? '';
const folder = join(tmpdir(), 'foyer-gallery');
await mkdir(folder, { recursive: true });

const stop = new AbortController();
const gallery = await openGallery(stop.signal);
const states = gallery.states.filter((state) => state.includes(only));

for (const view of VIEWS) {
  const page = await gallery.open(view);
  const { width, height } = view.viewport;
  for (const state of states) {
    await gallery.show(page, state);
    await page.screenshot({
      path: join(folder, `${state}.${view.colorScheme}.${width}x${height}.png`),
    });
  }
  await page.close();
}

console.log(`${states.length} states are drawn in ${folder}.`);
stop.abort();
