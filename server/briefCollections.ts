import { setFlagsFromString } from 'node:v8';

/**
 * How much of what is in use may come on top as garbage before V8 looks through everything, in
 * percent. Its own measure came to a look every half a minute while a lobby of thousands was flooded, and
 * each of them took most of the thread for a tenth of a second, for all who wait for a match. The limit
 * that V8 or its user sets to the heap stays.
 */
const HEAP_GROWING_PERCENT = 400;

/**
 * The space for what is new stays as small as it begins, 1 MB. V8 lets it grow to 64 MB with a lobby of
 * thousands, and then a look through it stops the thread for 12 to 20 ms every 3 s, instead of for 1 ms
 * twenty times a second (`--trace-gc`, among 5,000 people of whom 100 press Ready a second).
 */
const NEW_SPACE_GROWTH = 1;

/** Spends memory and work on shorter waits: for a process that has many people to answer at once. */
export function collectBriefly(): void {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWING_PERCENT}`);
  setFlagsFromString(`--semi-space-growth-factor=${NEW_SPACE_GROWTH}`);
}
