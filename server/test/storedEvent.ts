import { createHash, randomBytes } from 'node:crypto';
import type { EventId, EventKey } from '../../shared/ids.ts';
import { ANYBODY } from '../../shared/protocol/whoMeets.ts';
import type { StoredAddress, StoredEvent } from '../ports/eventRepository.ts';

/** An event with one address that no other test has. */
export function storedEvent(changes: Partial<StoredEvent> = {}): StoredEvent {
  return {
    id: randomBytes(12).toString('hex') as EventId,
    title: 'A talk',
    visibility: 'listed',
    callSeconds: 120,
    opensAt: null,
    closesAt: null,
    closed: false,
    paused: false,
    rounds: null,
    relayOnly: false,
    whoMeets: ANYBODY,
    minimumSeconds: 0,
    cycle: 1,
    ownerSecretHash: randomBytes(32).toString('hex'),
    inviteTokenHash: null,
    addresses: [storedAddress()],
    ...changes,
  };
}

export function storedAddress(path: string = randomBytes(8).toString('hex')): StoredAddress {
  const key = `web:conf.example/${path}` as EventKey;
  const keyHash = createHash('sha256').update(key).digest('hex');
  return {
    key,
    keyHash,
    bareKeyHash: keyHash,
    url: `https://conf.example/${path}`,
    parameters: [],
  };
}
