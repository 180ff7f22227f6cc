import { setFlagsFromString } from 'node:v8';

/**
 * How much of what is in use may come on top as garbage before V8 looks through everything, in
 * percent. Its own measure came to a look every half a minute while a lobby of thousands was flooded, and
 * each of them took most of the thread for a tenth of a second, for all who wait for a match (measured:
 * `npm run bench -- flood`). The limit that V8 or its user sets to the heap stays.
 */
const HEAP_GROWING_PERCENT = 400;

/** Spends memory on shorter waits: for a process whose work is to answer many people at once. */
export function collectRarely(): void {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWING_PERCENT}`);
}
