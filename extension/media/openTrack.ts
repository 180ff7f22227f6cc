import { fail, ok, type Result } from '../../shared/result.ts';
import type { DeviceKind, MediaProblem } from './mediaProblem.ts';
import { mediaProblemOf } from './mediaProblemOf.ts';

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

/** The stream that one watches plays through the same loudspeakers. */
const MICROPHONE: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

/**
 * Opens one camera or microphone.
 *
 * @param deviceId preferred; any other one is taken when it is gone. Empty for the default.
 * @param allowedByPage whether the page's Permissions-Policy lets a frame ask at all
 */
export async function openTrack(
  kind: DeviceKind,
  deviceId: string,
  allowedByPage: boolean,
): Promise<Result<MediaStreamTrack, MediaProblem>> {
  // Asking anyway is refused without a question, and the page's console shows it as an error.
  if (!allowedByPage) return fail('blockedByPage');
  const wanted = deviceId === '' ? {} : { deviceId: { ideal: deviceId } };
  const constraints =
    kind === 'camera'
      ? { video: { ...CAMERA, ...wanted } }
      : { audio: { ...MICROPHONE, ...wanted } };
  try {
    const stream = await navigator.mediaDevices.getUserMedia(constraints);
    const [track] = stream.getTracks();
    return track ? ok(track) : fail('missing');
  } catch (error) {
    return fail(mediaProblemOf(error));
  }
}
