import type { Storage } from '../db/openStorage.ts';
import { dataPlace } from './dataPlace.ts';
import { openTestStorage } from './openTestStorage.ts';

/** Two nodes on one database; the embedded one has a single node. */
export async function openStorageNodes() {
  const place = await dataPlace();
  const storage = await openTestStorage(place);
  const otherNode: Storage = 'DATABASE_URL' in place ? await openTestStorage(place) : storage;
  const close = async () => {
    if (otherNode !== storage) await otherNode.close();
    await storage.close();
  };
  return { storage, otherNode, close };
}
