import { pino, type DestinationStream, type Logger } from 'pino';

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
  'resumeToken',
  'ticket',
  'token',
];

export function createLog(level: string, destination?: DestinationStream): Logger {
  const paths = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);
  const options = { level, base: null, redact: { paths, censor: '[hidden]' } };
  return destination ? pino(options, destination) : pino(options);
}
