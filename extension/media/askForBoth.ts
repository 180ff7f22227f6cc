import { fail, ok, type Result } from '../../shared/result.ts';
import type { MediaProblem } from './mediaProblem.ts';
import { mediaProblemOf } from './mediaProblemOf.ts';
import type { MediaWorld } from './mediaWorld.ts';
import { constraintsOf } from './openTrack.ts';
import { readPermission } from './permission.ts';

/**
 * One question for camera and microphone instead of two, where the browser has no answer yet. Its
 * error is the person's answer; whatever else goes wrong, asking for one device at a time may do.
 *
 * @returns the open stream, or null where nothing was, or could be, asked for both
 */
export async function askForBoth(
  world: MediaWorld,
): Promise<Result<MediaStream | null, MediaProblem>> {
  const camera = await readPermission(world, 'camera');
  const microphone = await readPermission(world, 'microphone');
  const answered = [camera, microphone].some((one) => one === 'granted' || one === 'denied');
  if (answered || !world.devices) return ok(null);
  const both = { ...constraintsOf('camera', null), ...constraintsOf('microphone', null) };
  try {
    return ok(await world.devices.getUserMedia(both));
  } catch (error) {
    const problem = mediaProblemOf(error, await readPermission(world, 'camera'));
    return problem === 'denied' || problem === 'dismissed' ? fail(problem) : ok(null);
  }
}
