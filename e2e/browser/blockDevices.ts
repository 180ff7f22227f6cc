import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXTENSION_ID } from '../../shared/extensionIdentity.ts';

/** Chromium's number for *Block* among its content settings. */
const BLOCK = 2;

/** Writes into a profile that is yet to be used what is left when somebody has pressed *Block*. */
export async function blockDevices(profile: string): Promise<void> {
  const blocked = { [`chrome-extension://${EXTENSION_ID}/,*`]: { setting: BLOCK } };
  const exceptions = { media_stream_camera: blocked, media_stream_mic: blocked };
  await mkdir(join(profile, 'Default'), { recursive: true });
  await writeFile(
    join(profile, 'Default', 'Preferences'),
    JSON.stringify({ profile: { content_settings: { exceptions } } }),
  );
}
