import { fail, ok, type Result } from '../../shared/result.ts';
import type { DeviceWish } from './deviceChoice.ts';
import type { DeviceKind, MediaProblem } from './mediaProblem.ts';
import { mediaProblemOf } from './mediaProblemOf.ts';
import type { MediaWorld } from './mediaWorld.ts';
import { readPermission } from './permission.ts';

/** `oneAtATime`: Firefox opens no second microphone beside a live one. */
export type OpenFailure = MediaProblem | 'oneAtATime';

/** Another device may do where this one does not; a refusal holds for all of them. */
const TRY_NEXT: ReadonlySet<OpenFailure> = new Set(['missing', 'busy', 'failed', 'oneAtATime']);

/**
 * 640 px at 30 a second is what a panel of 380 px can show; more only costs the uplink. 4:3, because
 * the panel is upright and cuts less of it than of 16:9.
 */
const CAMERA: MediaTrackConstraints = {
  width: { ideal: 640 },
  height: { ideal: 480 },
  frameRate: { ideal: 30, max: 30 },
  facingMode: 'user',
};

/**
 * The stream that one watches plays through the same loudspeakers, so everything that this machine
 * plays should be cancelled, not only the call. Browsers that know no "all" take it for true.
 */
const MICROPHONE = {
  echoCancellation: { ideal: 'all' } as unknown as ConstrainBooleanParameters,
  noiseSuppression: true,
  autoGainControl: true,
} satisfies MediaTrackConstraints;

export function constraintsOf(kind: DeviceKind, wish: DeviceWish): MediaStreamConstraints {
  const device = wish === null ? {} : { deviceId: wish };
  return kind === 'camera'
    ? { video: { ...CAMERA, ...device } }
    : { audio: { ...MICROPHONE, ...device } };
}

/**
 * Opens the first device that one of the wishes gives. The error is that of the first wish, unless
 * its device was only missing. Nothing stays open when the signal comes first.
 */
export async function openTrack(
  world: MediaWorld,
  kind: DeviceKind,
  wishes: readonly DeviceWish[],
  signal: AbortSignal,
): Promise<Result<MediaStreamTrack, OpenFailure>> {
  let failure: OpenFailure = 'missing';
  for (const wish of wishes) {
    const opened = await tryToOpen(world, kind, wish);
    if (signal.aborted) {
      if (opened.ok) opened.value.stop();
      break;
    }
    if (opened.ok) return opened;
    if (!TRY_NEXT.has(opened.error)) return opened;
    if (failure === 'missing') failure = opened.error;
  }
  return fail(failure);
}

async function tryToOpen(
  world: MediaWorld,
  kind: DeviceKind,
  wish: DeviceWish,
): Promise<Result<MediaStreamTrack, OpenFailure>> {
  // The extension's own window is a secure context, and so has devices.
  if (!world.devices) return fail('blockedByPage');
  try {
    const stream = await world.devices.getUserMedia(constraintsOf(kind, wish));
    const [track] = stream.getTracks();
    return track ? ok(track) : fail('missing');
  } catch (error) {
    if (error instanceof Error && /concurrent mic/i.test(error.message)) return fail('oneAtATime');
    return fail(mediaProblemOf(error, await readPermission(world, kind)));
  }
}
