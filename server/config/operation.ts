import * as v from 'valibot';
import { hideAll, hidePassword } from './hideSecret.ts';
import { optionalVariable, variable } from './variable.ts';
import { wholeNumber } from './wholeNumber.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
/** Shorter ones can be guessed. */
const TOKEN_LENGTH = 16;

const EndpointField = v.pipe(
  v.string(),
  v.check(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    'OTEL_EXPORTER_OTLP_ENDPOINT must be the address of a collector, such as http://127.0.0.1:4318.',
  ),
  v.transform((text) => text.replace(/\/+$/, '')),
);

/** What the operator sees of the server. */
export const OPERATION = {
  logLevel: variable('LOG_LEVEL', {
    fallback: 'info',
    field: v.picklist(LOG_LEVELS, `LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}.`),
    meaning: 'fatal to trace, or silent',
  }),
  /** Null: on the public port where there is a token, else nowhere. */
  metricsPort: optionalVariable('FOYER_METRICS_PORT', {
    field: wholeNumber(0, 65_535, 'FOYER_METRICS_PORT must be a number from 0 to 65535.'),
    meaning: 'a port of its own for /metrics; 0 chooses a free one',
  }),
  metricsHost: variable('FOYER_METRICS_HOST', {
    fallback: '127.0.0.1',
    field: v.string(),
    meaning: 'the address that port listens on',
  }),
  metricsToken: optionalVariable('FOYER_METRICS_TOKEN', {
    field: v.pipe(
      v.string(),
      v.minLength(
        TOKEN_LENGTH,
        `FOYER_METRICS_TOKEN must have at least ${TOKEN_LENGTH} characters.`,
      ),
    ),
    meaning: 'bearer token that /metrics demands; without a port of its own, on the public one',
    mask: hideAll,
  }),
  tracesEndpoint: optionalVariable('OTEL_EXPORTER_OTLP_ENDPOINT', {
    field: EndpointField,
    meaning: 'collector that gets OpenTelemetry traces over OTLP/HTTP; unset: nothing is sent',
    mask: hidePassword,
  }),
};
