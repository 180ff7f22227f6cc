import * as v from 'valibot';
import { hidePassword } from './hideSecret.ts';
import { optionalVariable, variable } from './variable.ts';
import { wholeNumber } from './wholeNumber.ts';

const DatabaseUrlField = v.pipe(
  v.string(),
  v.check(
    (text) => /^postgres(ql)?:\/\/[^/]/.test(text) && URL.canParse(text),
    'DATABASE_URL must be the address of a PostgreSQL database, such as postgres://foyer:secret@db.example:5432/foyer.',
  ),
);

/** Where events and met pairs are kept. */
export const STORAGE = {
  data: variable('FOYER_DATA', {
    fallback: './.data',
    field: v.string(),
    meaning: 'folder of the embedded database; memory: keeps nothing',
  }),
  /** Null: the embedded database. */
  databaseUrl: optionalVariable('DATABASE_URL', {
    field: DatabaseUrlField,
    meaning: 'a PostgreSQL database, from version 15, in place of the embedded one',
    mask: hidePassword,
  }),
  databasePoolSize: variable('DATABASE_POOL_SIZE', {
    fallback: '10',
    field: wholeNumber(1, 1_000, 'DATABASE_POOL_SIZE must be a whole number from 1 to 1000.'),
    meaning: 'connections of this server to PostgreSQL at most',
  }),
};
