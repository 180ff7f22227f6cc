import type { EventPlace } from '../../shared/eventKey/eventKey.ts';
import { groups, type SavedGroup } from './items.ts';

/** Somebody with more groups than this no longer looks for the oldest one. */
const MOST_GROUPS = 50;

/** The groups of a page that this browser may enter, the newest first. */
export async function groupsAt(place: EventPlace): Promise<SavedGroup[]> {
  const all = await groups.getValue();
  return all.filter(({ key }) => key === place.key || key === place.bareKey);
}

/** Keeps a group, or brings it to the front. */
export async function saveGroup(group: SavedGroup): Promise<void> {
  const others = (await groups.getValue()).filter(({ eventId }) => eventId !== group.eventId);
  await groups.setValue([group, ...others].slice(0, MOST_GROUPS));
}

/** Forgets a group that no longer exists. */
export async function forgetGroup(eventId: SavedGroup['eventId']): Promise<void> {
  const all = await groups.getValue();
  await groups.setValue(all.filter((group) => group.eventId !== eventId));
}
