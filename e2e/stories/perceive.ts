import { expect } from 'vitest';
import type { Person } from '../media/person.ts';
import { hearTone } from '../media/hearTone.ts';
import { watchVideo } from '../media/watchVideo.ts';
import type { Seat } from './takeSeat.ts';

/** A deadline for what takes a moment; two noisy cores may need most of it. */
export const SOON = { timeout: 20_000, interval: 100 };
/** Different time codes that prove a moving picture; a frozen one shows one. */
const MOVING = 4;
/** The fake microphones are at least 100 Hz apart. */
const TONE_TOLERANCE_HZ = 15;

/** Somebody as their partner knows them: the face, and the name they gave at the door. */
export interface Partner {
  readonly face: Person;
  readonly name: string;
}

export function asPartner(face: Person, name: string = face.name): Partner {
  return { face, name };
}

/** The picture on the screen is the partner's, and it moves. */
export async function expectToSee({ panel }: Seat, { face, name }: Partner): Promise<void> {
  const video = panel.partnerVideo(name);
  await video.waitFor({ timeout: SOON.timeout });
  const times = new Set<number>();
  await expect
    .poll(async () => {
      const content = await watchVideo(video);
      if (content.ok) expect(content.value.personCode).toBe(face.code);
      if (content.ok) times.add(content.value.timeCode);
      return times.size;
    }, SOON)
    .toBeGreaterThanOrEqual(MOVING);
}

/** What comes out of the speaker is the partner's voice. */
export async function expectToHear({ panel }: Seat, { face, name }: Partner): Promise<void> {
  const video = panel.partnerVideo(name);
  await expect
    .poll(async () => Math.abs(((await hearTone(video))?.hertz ?? 0) - face.toneHz), SOON)
    .toBeLessThanOrEqual(TONE_TOLERANCE_HZ);
}

export async function expectToSeeEachOther(first: Seat, second: Seat): Promise<void> {
  await Promise.all([
    expectToSee(first, asPartner(second.viewer.person)),
    expectToSee(second, asPartner(first.viewer.person)),
  ]);
}

/** Both of a call see and hear the other. */
export async function expectToMeet(first: Seat, second: Seat): Promise<void> {
  await expectToSeeEachOther(first, second);
  await Promise.all([
    expectToHear(first, asPartner(second.viewer.person)),
    expectToHear(second, asPartner(first.viewer.person)),
  ]);
}
