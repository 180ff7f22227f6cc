import { pino, type DestinationStream, type Logger } from 'pino';
import { shownError } from './shownError.ts';

/** Never in a log, whoever logs them by mistake. Names and tokens first. */
const SECRET_FIELDS = [
  'authorization',
  'brokerToken',
  'credential',
  'deviceToken',
  'displayName',
  'inviteToken',
  'name',
  'ownerSecret',
  'partnerName',
  'password',
  'resumeToken',
  'secret',
  'ticket',
  'token',
];

export function createLog(level: string, destination?: DestinationStream): Logger {
  const paths = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);
  const redact = { paths, censor: '[hidden]' };
  const serializers = { err: (error: unknown) => shownError(error) };
  const options = { level, base: null, redact, serializers };
  return destination ? pino(options, destination) : pino(options);
}
