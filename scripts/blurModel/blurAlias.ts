import { fileURLToPath } from 'node:url';

/** For every bundler that meets extension/media/blur: what of body-segmentation is not shipped. */
export const BLUR_ALIAS = {
  '@mediapipe/selfie_segmentation': fileURLToPath(
    new URL('../../extension/media/blur/noMediaPipe.ts', import.meta.url),
  ),
};
