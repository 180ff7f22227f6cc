import type { EventKeyError, EventPlace } from '../../shared/eventKey/eventKey.ts';
import type { LookupEntry, RegisterAnswer } from '../../shared/protocol/http.ts';
import type { EventOnPage } from '../page/eventOnPage.ts';
import type { Group, Lobby } from './panelServices.ts';

type NoEvent = 'unregistered' | 'movingPointer' | 'notAnEvent' | 'unsupported';

/** What stands between the person and a lobby. */
export type Door =
  | { readonly at: 'lookingUp' }
  /** `retryAt`: on the session's clock; null while a try is under way. */
  | { readonly at: 'noServer'; readonly retryAt: number | null }
  | { readonly at: 'noEvent'; readonly reason: NoEvent; readonly place: EventPlace | null }
  | { readonly at: 'registering'; readonly place: EventPlace }
  | { readonly at: 'registered'; readonly answer: RegisterAnswer }
  | { readonly at: 'groupCreated'; readonly group: Group }
  | { readonly at: 'choice'; readonly entry: LookupEntry | null; readonly groups: readonly Group[] }
  /** `entry` is null for a private group. */
  | { readonly at: 'lobby'; readonly lobby: Lobby; readonly entry: LookupEntry | null };

/** Goes straight in where there is one lobby, and asks where there are more. */
export function doorOf(found: EventOnPage, groups: readonly Group[]): Door {
  const entry = found.found === 'listed' ? found.entry : null;
  const [group] = groups;
  if (entry && group) return { at: 'choice', entry, groups };
  if (entry) return { at: 'lobby', lobby: entry, entry };
  if (group && groups.length > 1) return { at: 'choice', entry: null, groups };
  if (group) return { at: 'lobby', lobby: group, entry: null };
  return found.found === 'noPlace'
    ? { at: 'noEvent', reason: reasonOf(found.error), place: null }
    : { at: 'noEvent', reason: 'unregistered', place: found.place };
}

function reasonOf(error: EventKeyError): NoEvent {
  return error === 'movingPointer' || error === 'notAnEvent' ? error : 'unsupported';
}
