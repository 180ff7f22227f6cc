import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { madeOnce, runFolder } from '../../server/test/runFolder.ts';
import { CAMERA_SHAPE, cameraFile } from './cameraFile.ts';
import { microphoneFile } from './microphoneFile.ts';
import type { Person } from './person.ts';

interface DeviceOptions {
  readonly person: Person;
  readonly cameraShape?: typeof CAMERA_SHAPE;
  /** A Y4M loop in the place of the person's own picture. */
  readonly camera?: Uint8Array;
}

interface DeviceFiles {
  readonly cameraFile: string;
  readonly microphoneFile: string;
}

/**
 * The files behind somebody's fake camera and microphone. To draw a camera's takes a second, so that
 * a run does it once for each person. `folder` is for what is only this browser's.
 */
export async function deviceFiles(
  { person, cameraShape = CAMERA_SHAPE, camera }: DeviceOptions,
  folder: string,
): Promise<DeviceFiles> {
  const kept = camera ? folder : (runFolder() ?? folder);
  const name = createHash('sha256')
    .update(JSON.stringify([person, cameraShape]))
    .digest('hex');
  return {
    cameraFile: await madeOnce(join(kept, `${name}.y4m`), (path) =>
      writeFile(path, camera ?? cameraFile(person, cameraShape)),
    ),
    microphoneFile: await madeOnce(join(kept, `${name}.wav`), (path) =>
      writeFile(path, microphoneFile(person)),
    ),
  };
}
