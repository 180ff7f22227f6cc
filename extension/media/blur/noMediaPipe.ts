/**
 * Stands for `@mediapipe/selfie_segmentation`, which body-segmentation imports for its other runtime:
 * that one needs a graphics card and shows an alert() where there is none. Never reached here.
 */
export function SelfieSegmentation(): never {
  throw new Error('Only the tfjs runtime is shipped.');
}
