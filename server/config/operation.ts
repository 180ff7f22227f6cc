import * as v from 'valibot';
import { variable } from './variable.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** What the operator sees of the server. */
export const OPERATION = {
  logLevel: variable('LOG_LEVEL', {
    fallback: 'info',
    field: v.picklist(LOG_LEVELS, `LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}.`),
    meaning: 'fatal to trace, or silent',
  }),
};
