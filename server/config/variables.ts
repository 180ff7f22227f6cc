import { CLUSTER } from './cluster.ts';
import { LISTENING } from './listening.ts';
import { OPERATION } from './operation.ts';
import { RELAYS } from './relays.ts';
import { STORAGE } from './storage.ts';
import type { Variable } from './variable.ts';

/**
 * Every variable the server understands, by its name in the configuration. A new one is an entry of
 * its topic's file and a row in the tables of docs/spec/operation.md and docs/operation/configuration.md;
 * reading, --help, --print-config and the search for typos follow from the entry.
 */
export const VARIABLES = { ...LISTENING, ...STORAGE, ...CLUSTER, ...RELAYS, ...OPERATION };

type ValueOf<T> = T extends Variable<infer Value> ? Value : never;

/** What the variables say, read and checked. */
export type Config = {
  readonly [Name in keyof typeof VARIABLES]: ValueOf<(typeof VARIABLES)[Name]>;
};
