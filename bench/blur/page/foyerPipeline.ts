import { BackgroundBlur } from '../../../extension/media/blur/backgroundBlur.ts';
import type { BlurState } from '../../../extension/media/blur/blurState.ts';
import type { Look } from '../../../extension/media/blur/look.ts';
import type { QualityLevel } from '../../../extension/media/blur/quality.ts';
import type { Pipeline } from './pipeline.ts';

interface FoyerOptions {
  /** Null: the machine decides. */
  readonly quality: QualityLevel | null;
  readonly look?: Look;
  /** Hears the track before the first frame is on it. */
  made?(track: MediaStreamTrack): void;
  said?(state: BlurState): void;
}

/** What the extension ships; settles when the first processed frame has left. */
export function foyerPipeline({ quality, look, made, said }: FoyerOptions): Pipeline {
  return (camera, signal) =>
    new Promise((resolve, reject) => {
      const effect = new BackgroundBlur({
        files: new URL('/blur/', location.href).href,
        look: look ?? { behind: 'blur', strength: 0.5 },
        fixedQuality: quality,
        changed: (state) => {
          said?.(state);
          if (state.at === 'on') resolve(track);
          if (state.at === 'failed') reject(new Error('Background blur failed.'));
        },
        broken: () => reject(new Error('The worker that makes the frames is gone.')),
      });
      const track = effect.process(camera, signal);
      made?.(track);
    });
}
