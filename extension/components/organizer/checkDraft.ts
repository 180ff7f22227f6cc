import type { EventKey, Millis } from '../../../shared/ids.ts';
import { decode } from '../../../shared/protocol/decode.ts';
import { EventTitleField } from '../../../shared/protocol/fields.ts';
import { LIMITS } from '../../../shared/protocol/limits.ts';
import type { EventAddress } from '../../../shared/protocol/http.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { addressPlace, wireAddress, type AddressProblem } from './addressPlace.ts';
import { lengthSeconds } from './callLength.ts';
import { checkMinimum } from './checkMinimum.ts';
import { checkRounds, type RoundsProblem } from './checkRounds.ts';
import type { CheckedEvent, EventDraft } from './eventDraft.ts';
import { timestampOf } from './localTime.ts';

/** What is wrong, by field; an absent entry is all right. */
export interface DraftProblems {
  readonly title?: 'missing' | 'tooLong';
  /** By the address's id. */
  readonly addresses: ReadonlyMap<number, AddressProblem>;
  readonly callLength?: 'unreadable' | 'outOfRange';
  readonly closesAt?: 'beforeOpening' | 'past';
  readonly rounds?: RoundsProblem;
  readonly minimumTime?: 'outOfRange';
}

export const NO_PROBLEMS: DraftProblems = { addresses: new Map() };

/**
 * @param closingAfter an event that closes before this point in time would never open; null where
 *   the event exists already and may be over.
 */
export function checkDraft(
  draft: EventDraft,
  closingAfter: Millis | null,
): Result<CheckedEvent, DraftProblems> {
  const title = checkTitle(draft.title);
  const addresses = checkAddresses(draft);
  const callSeconds = checkCallLength(draft.callLength);
  const hours = checkHours(draft, closingAfter);
  const rounds = checkRounds(draft, callSeconds.ok ? callSeconds.value : 0);
  const minimum = checkMinimum(draft.minimumTime, callSeconds.ok ? callSeconds.value : null);
  if (title.ok && addresses.ok && callSeconds.ok && hours.ok && rounds.ok && minimum.ok) {
    const checked = {
      title: title.value,
      addresses: addresses.value,
      callSeconds: callSeconds.value,
      rounds: rounds.value,
      minimumSeconds: minimum.value,
      relayOnly: draft.hidesAddresses,
      whoMeets: draft.whoMeets,
    };
    return ok({ ...checked, ...hours.value });
  }
  return fail({
    ...(title.ok ? {} : { title: title.error }),
    addresses: addresses.ok ? new Map() : addresses.error,
    ...(callSeconds.ok ? {} : { callLength: callSeconds.error }),
    ...(hours.ok ? {} : { closesAt: hours.error }),
    ...(rounds.ok ? {} : { rounds: rounds.error }),
    ...(minimum.ok ? {} : { minimumTime: minimum.error }),
  });
}

function checkTitle(text: string): Result<string, 'missing' | 'tooLong'> {
  const title = decode(EventTitleField, text);
  if (title.ok) return title;
  return fail(text.trim().length > LIMITS.eventTitleLength ? 'tooLong' : 'missing');
}

function checkAddresses(draft: EventDraft): Result<EventAddress[], Map<number, AddressProblem>> {
  const problems = new Map<number, AddressProblem>();
  const places = new Map<EventKey, EventAddress>();
  for (const address of draft.addresses) {
    const place = addressPlace(address);
    if (!place.ok) problems.set(address.id, place.error);
    else if (places.has(place.value.key)) problems.set(address.id, 'duplicate');
    else places.set(place.value.key, wireAddress(place.value, address.parameters));
  }
  return problems.size === 0 ? ok([...places.values()]) : fail(problems);
}

function checkCallLength(text: string): Result<number, 'unreadable' | 'outOfRange'> {
  const seconds = lengthSeconds(text);
  if (seconds === null) return fail('unreadable');
  const within = seconds >= LIMITS.callSecondsMin && seconds <= LIMITS.callSecondsMax;
  return within ? ok(seconds) : fail('outOfRange');
}

function checkHours(
  draft: EventDraft,
  closingAfter: Millis | null,
): Result<{ opensAt: string | null; closesAt: string | null }, 'beforeOpening' | 'past'> {
  const opensAt = timestampOf(draft.opensAt);
  const closesAt = timestampOf(draft.closesAt);
  if (closesAt !== null) {
    if (opensAt !== null && closesAt <= opensAt) return fail('beforeOpening');
    if (closingAfter !== null && Date.parse(closesAt) <= closingAfter) return fail('past');
  }
  return ok({ opensAt, closesAt });
}
