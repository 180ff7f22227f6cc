import fc from 'fast-check';
import * as v from 'valibot';
import { CapabilitiesSchema, CodecPlanSchema } from '../../shared/codecs/capabilities.ts';
import { eventKeyOf } from '../../shared/eventKey/eventKey.ts';
import { decode, decodeJson } from '../../shared/protocol/decode.ts';
import * as fields from '../../shared/protocol/fields.ts';
import * as http from '../../shared/protocol/http.ts';
import * as lobby from '../../shared/protocol/lobby.ts';
import * as peer from '../../shared/protocol/peer.ts';
import * as signal from '../../shared/protocol/signal.ts';
import * as wishes from '../../shared/protocol/wishes.ts';
import { readConfig } from '../config.ts';
import { VARIABLES } from '../config/variables.ts';
import { networkAddress } from '../runtime/networkAddress.ts';
import { TrustedProxies } from '../runtime/trustedProxies.ts';
import type { TicketKey } from '../runtime/ticketKey.ts';
import { openTicket, sealTicket } from '../runtime/ticketSeal.ts';
import { hostileValues, spoil, spoilings } from './hostileValues.ts';
import { valuesOf } from './valuesOf.ts';

/** One reader of bytes from outside, and what must hold for whatever it is given. */
export interface ParserFuzz {
  readonly name: string;
  /** Throws, with a small example, as soon as one of `inputs` breaks the rule. */
  run(inputs: number, seed?: number): void;
}

type Schema = v.GenericSchema<unknown, unknown>;

const EXPORTED: Readonly<Record<string, unknown>> = {
  ...{ ...fields, ...http, ...lobby, ...peer, ...signal, ...wishes },
  ...{ CapabilitiesSchema, CodecPlanSchema },
};

const SCHEMAS = Object.entries(EXPORTED).flatMap(([name, value]): [string, Schema][] =>
  isSchema(value) ? [[name, value]] : [],
);

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'schema';
}

function fuzz<T>(name: string, inputs: fc.Arbitrary<T>, check: (input: T) => void): ParserFuzz {
  return {
    name,
    run: (numRuns, seed) =>
      fc.assert(fc.property(inputs, check), { numRuns, ...(seed === undefined ? {} : { seed }) }),
  };
}

function holds(condition: boolean, sentence: string): void {
  if (!condition) throw new Error(sentence);
}

// ---- schemas ----------------------------------------------------------------------------------

function schemaFuzz(name: string, schema: Schema): ParserFuzz {
  const right = valuesOf(schema);
  const spoilt = fc.tuple(right, spoilings).map(([value, how]) => spoil(value, how));
  const texts = fc.tuple(right, fc.nat(), fc.string({ maxLength: 3, unit: 'binary' }));
  const torn = texts.map(([value, at, inside]) => tear(JSON.stringify(value), at, inside));
  const values = fc.oneof(
    { weight: 4, arbitrary: right },
    { weight: 4, arbitrary: spoilt },
    { weight: 1, arbitrary: hostileValues },
  );
  const inputs = fc.oneof(
    { weight: 9, arbitrary: values.map((value) => JSON.stringify(value) ?? '') },
    { weight: 1, arbitrary: torn },
  );
  return fuzz(name, inputs, (text) => printedIsAccepted(schema, text));
}

function tear(text: string, at: number, inside: string): string {
  const place = at % (text.length + 1);
  return text.slice(0, place) + inside + text.slice(place + inside.length + 1);
}

/** What was read is written and read again, and stays the same. */
function printedIsAccepted(schema: Schema, text: string): void {
  const first = decodeJson(schema, text);
  readsAsTheSchema(schema, text, first);
  if (!first.ok) return holds(first.error.detail.length > 0, 'a refusal without a reason');
  const printed = JSON.stringify(first.value);
  const second = decode(schema, JSON.parse(printed));
  holds(second.ok, 'what it printed is refused');
  holds(second.ok && JSON.stringify(second.value) === printed, 'what it printed reads differently');
  holds(({} as Record<string, unknown>)['admin'] === undefined, 'a prototype was changed');
}

/** Where only a part of the schema was looked at, the whole of it comes to the same. */
function readsAsTheSchema(schema: Schema, text: string, read: ReturnType<typeof decodeJson>): void {
  if (!read.ok && read.error.reason === 'notJson') return;
  const whole = v.safeParse(schema, JSON.parse(text), { abortEarly: true });
  holds(whole.success === read.ok, 'the whole schema decides otherwise');
  const same =
    JSON.stringify(read.ok && read.value) === JSON.stringify(whole.success && whole.output);
  holds(same, 'the whole schema reads it otherwise');
  if (read.ok || whole.success) return;
  const place = v.getDotPath(whole.issues[0]) ?? 'value';
  holds(read.error.detail.startsWith(`${place}: `), 'the whole schema has another reason');
}

// ---- event keys -------------------------------------------------------------------------------

function addresses(): fc.Arbitrary<string> {
  const hosts = fc.constantFrom('www.youtube.com', 'youtu.be', 'player.twitch.tv', 'vimeo.com');
  const paths = fc.constantFrom('/watch?v=', '/live/', '/embed/', '/event/', '/videos/', '/@', '/');
  const tails = fc.oneof(fc.webPath(), fc.string(), fc.string({ unit: 'binary' }));
  const known = fc
    .tuple(hosts, paths, tails)
    .map(([host, ...rest]) => `https://${host}${rest.join('')}`);
  return fc.oneof(known, fc.webUrl({ withQueryParameters: true }), fc.string());
}

/** The public address of an event stands for the same event. */
function keyIsStable([url, parameters]: readonly [string, readonly string[]]): void {
  const place = eventKeyOf(url, parameters);
  if (!place.ok) return;
  const again = eventKeyOf(place.value.url, parameters);
  holds(again.ok, `the public address ${place.value.url} is refused`);
  holds(again.ok && again.value.key === place.value.key, `another key for ${place.value.url}`);
}

// ---- tickets ----------------------------------------------------------------------------------

const KEY: TicketKey = { id: '0123456789abcdef', secret: 's'.repeat(32), signsFrom: 0 };
const CLAIMS = {
  ...{ lobby: { eventId: 'event0000001' as never, part: 2 }, member: 'member000001' as never },
  ...{ seat: 'seat00000001' as never, name: 'Ann', node: 'main', expiresAt: 1 },
};
const TICKET = sealTicket(CLAIMS, KEY);

function ticketTexts(): fc.Arbitrary<string> {
  const letters = fc.string({ maxLength: 2, unit: fc.constantFrom(...'AZaz09_-=+/') });
  const torn = fc.tuple(fc.nat(), letters).map(([at, inside]) => tear(TICKET, at, inside));
  return fc.oneof(torn, fc.base64String(), fc.string(), fc.constant(TICKET));
}

function ticketIsOurs(text: string): void {
  const claims = openTicket(text, (id) => (id === KEY.id ? KEY : null));
  holds(
    (claims !== null) === (text === TICKET),
    'a forged ticket passes, or the true one does not',
  );
}

// ---- configuration ----------------------------------------------------------------------------

function environments(): fc.Arbitrary<Record<string, string>> {
  const names = Object.values(VARIABLES).map(({ name }) => name);
  const texts = fc.oneof(
    fc.constantFrom('0', '1', '-1', 'true', '[]', '{}', 'https://a.example', 'a,b', '1e9', '٣'),
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
    fc.json(),
  );
  return fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), texts, { maxKeys: 4 });
}

function configIsReadOrRefused(environment: Record<string, string>): void {
  const config = readConfig(environment);
  if (config.ok) return;
  holds(config.error.length > 0, 'refused without a sentence');
  for (const sentence of config.error)
    holds(/[A-Z].*\.$/su.test(sentence), `no sentence: ${sentence}`);
}

// ---- network addresses ------------------------------------------------------------------------

function networkTexts(): fc.Arbitrary<string> {
  const list = fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), { maxLength: 4 });
  return fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.string(),
    list.map((hops) => hops.join(', ')),
  );
}

const LOCAL_PROXY = new TrustedProxies(['loopback']);

/** Nobody chooses freely what they are counted under: it is an address or the half of one. */
function addressIsBounded([remoteAddress, forwardedFor]: readonly [string, string]): void {
  const counted = networkAddress({ remoteAddress, forwardedFor }, LOCAL_PROXY);
  const own = remoteAddress === '127.0.0.1' || remoteAddress === '::1';
  if (counted === null || !own) return;
  holds(/^[0-9a-f.:]{1,39}$/u.test(counted), `counted as ${counted}`);
}

// ---- all ---------------------------------------------------------------------------------------

/** Every parser of the server and of the protocol. */
export const PARSERS: readonly ParserFuzz[] = [
  ...SCHEMAS.map(([name, schema]) => schemaFuzz(name, schema)),
  fuzz('event keys', fc.tuple(addresses(), fc.array(fc.string())), keyIsStable),
  fuzz('tickets', ticketTexts(), ticketIsOurs),
  fuzz('configuration', environments(), configIsReadOrRefused),
  fuzz('network addresses', fc.tuple(networkTexts(), networkTexts()), addressIsBounded),
];
