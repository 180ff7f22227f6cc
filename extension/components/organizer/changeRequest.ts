import type { ChangeRequest } from '../../../shared/protocol/http.ts';
import type { CheckedEvent, EventDraft } from './eventDraft.ts';

/**
 * Only what differs from the saved draft: a field nobody touched is not written back, so that a
 * change made elsewhere meanwhile is kept. Null when nothing differs.
 */
export function changeRequest(
  saved: EventDraft,
  draft: EventDraft,
  checked: CheckedEvent,
): ChangeRequest | null {
  const changes: ChangeRequest = {
    ...(draft.title === saved.title ? {} : { title: checked.title }),
    ...(sameAddresses(draft, saved) ? {} : { addresses: checked.addresses }),
    ...(draft.callLength === saved.callLength ? {} : { callSeconds: checked.callSeconds }),
    ...(draft.opensAt === saved.opensAt ? {} : { opensAt: checked.opensAt }),
    ...(draft.closesAt === saved.closesAt ? {} : { closesAt: checked.closesAt }),
    ...(sameRounds(draft, saved) ? {} : { rounds: checked.rounds }),
    ...(draft.minimumTime === saved.minimumTime ? {} : { minimumSeconds: checked.minimumSeconds }),
    ...(draft.hidesAddresses === saved.hidesAddresses ? {} : { relayOnly: checked.relayOnly }),
    ...(sameWhoMeets(draft, saved) ? {} : { whoMeets: checked.whoMeets }),
  };
  return Object.keys(changes).length === 0 ? null : changes;
}

export function sameDraft(one: EventDraft, other: EventDraft): boolean {
  return (
    one.title === other.title &&
    one.callLength === other.callLength &&
    one.opensAt === other.opensAt &&
    one.closesAt === other.closesAt &&
    sameRounds(one, other) &&
    one.minimumTime === other.minimumTime &&
    one.hidesAddresses === other.hidesAddresses &&
    sameWhoMeets(one, other) &&
    sameAddresses(one, other)
  );
}

function sameRounds(one: EventDraft, other: EventDraft): boolean {
  return one.roundsFrom === other.roundsFrom && one.roundMinutes === other.roundMinutes;
}

function sameWhoMeets({ whoMeets: one }: EventDraft, { whoMeets: other }: EventDraft): boolean {
  return one.groups === other.groups && one.languages === other.languages;
}

function sameAddresses(one: EventDraft, other: EventDraft): boolean {
  const text = ({ addresses }: EventDraft) =>
    JSON.stringify(addresses.map((address) => [address.text, [...address.parameters].sort()]));
  return text(one) === text(other);
}
