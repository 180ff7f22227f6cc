import {
  eventKeyOf,
  type EventKeyError,
  type EventPlace,
} from '../../../shared/eventKey/eventKey.ts';
import { LIMITS } from '../../../shared/protocol/limits.ts';
import { fail, type Result } from '../../../shared/result.ts';
import type { AddressDraft } from './eventDraft.ts';

export type AddressProblem = EventKeyError | 'missing' | 'duplicate' | 'taken';

/** What a typed address stands for. */
export function addressPlace(address: AddressDraft): Result<EventPlace, AddressProblem> {
  if (address.text.trim() === '') return fail('missing');
  return eventKeyOf(completed(address.text), address.parameters);
}

export interface ParameterOption {
  readonly name: string;
  readonly value: string;
}

/** What of the wire format a parameter's name may consist of. */
const PARAMETER_NAME = /^[A-Za-z0-9_.-]{1,40}$/;

/** The parameters among which an organizer can choose; none where Foyer knows the site. */
export function parameterOptions(address: AddressDraft): ParameterOption[] {
  const place = addressPlace(address);
  if (!place.ok || !place.value.key.startsWith('web:')) return [];
  const query = new URL(completed(address.text)).searchParams;
  const names = [...new Set(query.keys())].filter((name) => PARAMETER_NAME.test(name));
  return names.map((name) => ({ name, value: query.get(name) ?? '' }));
}

/** As the protocol wants it: the public address and only names that it has. */
export function wireAddress(place: EventPlace, parameters: readonly string[]) {
  const query = new URL(place.url).searchParams;
  const names = parameters.filter((name) => query.has(name));
  return { url: place.url, parameters: names.slice(0, LIMITS.parametersPerUrl) };
}

/** People leave `https://` out: `conf.example/live`, `localhost:3000`. */
const WITHOUT_SCHEME = /^(?:[^\s/?#:@]+\.[^\s/?#:@]+|localhost)(?::\d+)?(?:[/?#]|$)/i;

function completed(text: string): string {
  const address = text.trim();
  return WITHOUT_SCHEME.test(address) ? `https://${address}` : address;
}
