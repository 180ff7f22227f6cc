/** `backgroundBlur` of Media Capture and Streams Extensions; not among TypeScript's own types. */
interface BlurringTrack {
  getCapabilities(): MediaTrackCapabilities & { readonly backgroundBlur?: readonly boolean[] };
  getSettings(): MediaTrackSettings & { readonly backgroundBlur?: boolean };
  getConstraints(): MediaTrackConstraints;
  applyConstraints(
    constraints: MediaTrackConstraints & { readonly backgroundBlur?: boolean },
  ): Promise<void>;
}

/** Whether the camera, or its driver, can blur the background by itself. */
export function offersNativeBlur(camera: BlurringTrack): boolean {
  return camera.getCapabilities().backgroundBlur?.includes(true) === true;
}

/** Whether the camera's frames are blurred already when they come. */
export function isNativelyBlurred(camera: BlurringTrack): boolean {
  return camera.getSettings().backgroundBlur === true;
}

/** Switches the camera's own blur, where that is possible, and answers whether it is on then. */
export async function switchNativeBlur(camera: BlurringTrack, on: boolean): Promise<boolean> {
  if (camera.getCapabilities().backgroundBlur?.includes(on) === true)
    // All constraints are replaced at once: the others have to be given again.
    await camera
      .applyConstraints({ ...camera.getConstraints(), backgroundBlur: on })
      .catch(() => undefined);
  return isNativelyBlurred(camera);
}
