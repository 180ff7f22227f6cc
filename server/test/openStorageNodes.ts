import type { Storage } from '../db/openStorage.ts';
import { newDataPlace } from './dataPlace.ts';
import { openTestStorage } from './openTestStorage.ts';

/** Two nodes on one database; the embedded one has a single node. */
export async function openStorageNodes() {
  const { environment, remove } = await newDataPlace();
  const storage = await openTestStorage(environment);
  const otherNode: Storage =
    'DATABASE_URL' in environment ? await openTestStorage(environment) : storage;
  const close = async () => {
    if (otherNode !== storage) await otherNode.close();
    await storage.close();
    await remove();
  };
  return { storage, otherNode, close };
}
