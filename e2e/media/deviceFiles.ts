import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runFolder } from '../../server/test/runFolder.ts';
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
  const kept = runFolder() ?? folder;
  const drawn = () => cameraFile(person, cameraShape);
  return {
    cameraFile: camera
      ? await write(join(folder, 'camera.y4m'), camera)
      : await made(join(kept, `${nameFor(person, cameraShape)}.y4m`), drawn),
    microphoneFile: await made(join(kept, `${nameFor(person)}.wav`), () => microphoneFile(person)),
  };
}

function nameFor(...parts: readonly object[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Under its name only once it is whole: files of a run may ask for it at the same time. */
async function made(path: string, make: () => Uint8Array): Promise<string> {
  if (existsSync(path)) return path;
  const begun = join(await mkdtemp(`${path}-`), 'begun');
  await rename(await write(begun, make()), path);
  return path;
}

async function write(path: string, bytes: Uint8Array): Promise<string> {
  await writeFile(path, bytes);
  return path;
}
