import { setTimeout as pause } from 'node:timers/promises';
import type { Locator } from 'playwright-core';
import type { Person } from './person.ts';
import { watchVideo } from './watchVideo.ts';

const LOOK_EVERY_MS = 100;

/** Waits until a <video> shows the camera of `person`; fails after `deadlineMs`. */
export async function waitForPicture(
  video: Locator,
  person: Person,
  deadlineMs: number,
): Promise<void> {
  await video.waitFor({ timeout: deadlineMs });
  const deadline = performance.now() + deadlineMs;
  while (performance.now() < deadline) {
    const seen = await watchVideo(video);
    if (seen.ok && seen.value.personCode === person.code) return;
    await pause(LOOK_EVERY_MS);
  }
  throw new Error(`The picture of ${person.name} did not arrive within ${deadlineMs} ms.`);
}
