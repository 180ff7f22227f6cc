import * as v from 'valibot';
import { variable } from './variable.ts';

/** Where events and met pairs are kept. */
export const STORAGE = {
  data: variable('FOYER_DATA', {
    fallback: './.data',
    field: v.string(),
    meaning: 'folder of the embedded database; memory: keeps nothing',
  }),
};
