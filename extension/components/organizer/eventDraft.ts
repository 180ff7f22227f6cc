import type { EventAddress, EventRounds, OwnedEvent } from '../../../shared/protocol/http.ts';
import { LIMITS } from '../../../shared/protocol/limits.ts';
import { ANYBODY, type WhoMeets } from '../../../shared/protocol/whoMeets.ts';
import { lengthText } from './callLength.ts';
import { localTimeOf } from './localTime.ts';

/** One address as it stands in its field. */
export interface AddressDraft {
  /** Tells fields apart while others are added and removed. */
  readonly id: number;
  readonly text: string;
  /** Names that the organizer ticked: they choose the talk. */
  readonly parameters: readonly string[];
}

/** The form's content: whatever was typed, right or wrong. */
export interface EventDraft {
  readonly title: string;
  readonly addresses: readonly AddressDraft[];
  /** `m:ss` */
  readonly callLength: string;
  /** Local times as `datetime-local` fields write them; empty for always. */
  readonly opensAt: string;
  readonly closesAt: string;
  /** A local time, and minutes; both empty: people meet at any time. */
  readonly roundsFrom: string;
  readonly roundMinutes: string;
  /** Seconds; empty for none. */
  readonly minimumTime: string;
  readonly hidesAddresses: boolean;
  readonly whoMeets: WhoMeets;
}

/** A draft that passed every check. */
export interface CheckedEvent {
  readonly title: string;
  readonly addresses: EventAddress[];
  readonly callSeconds: number;
  readonly opensAt: string | null;
  readonly closesAt: string | null;
  readonly rounds: EventRounds | null;
  readonly minimumSeconds: number;
  readonly relayOnly: boolean;
  readonly whoMeets: WhoMeets;
}

export function newDraft(prefill: { title?: string; url?: string } = {}): EventDraft {
  return {
    title: prefill.title ?? '',
    addresses: [{ id: 0, text: prefill.url ?? '', parameters: [] }],
    callLength: lengthText(LIMITS.callSecondsDefault),
    opensAt: '',
    closesAt: '',
    roundsFrom: '',
    roundMinutes: '',
    minimumTime: '',
    hidesAddresses: false,
    whoMeets: ANYBODY,
  };
}

export function draftOf(event: OwnedEvent): EventDraft {
  return {
    title: event.title,
    addresses: event.addresses.map(({ url, parameters }, id) => ({ id, text: url, parameters })),
    callLength: lengthText(event.callSeconds),
    opensAt: localTimeOf(event.opensAt),
    closesAt: localTimeOf(event.closesAt),
    roundsFrom: localTimeOf(event.rounds?.firstAt ?? null),
    roundMinutes: String(event.rounds?.everyMinutes ?? ''),
    minimumTime: event.minimumSeconds === 0 ? '' : String(event.minimumSeconds),
    hidesAddresses: event.relayOnly,
    whoMeets: event.whoMeets,
  };
}
