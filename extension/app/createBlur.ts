import { BackgroundBlur } from '../media/blur/backgroundBlur.ts';
import type { Look } from '../media/blur/look.ts';
import { restartDelay } from '../media/blur/restartDelay.ts';
import { canBlur } from '../media/blur/support.ts';
import type { CameraEffect } from '../media/cameraEffect.ts';
import { blurWish } from '../storage/items.ts';
import type { BlurService, BlurView, BlurWish } from '../stores/panelServices.ts';

/** A wall in a warm, light grey: what people paint walls with. */
const PLAIN_WALL = [0xb9, 0xae, 0xa4] as const;

/**
 * Background blur between the camera and what leaves. A wish from an earlier visit is in place before
 * the camera can be opened.
 */
export async function createBlur(
  useEffect: (effect: CameraEffect | null) => void,
): Promise<BlurService> {
  const isPossible = canBlur();
  const kept = await blurWish.getValue();
  let view: BlurView = {
    wish: { ...kept, on: kept.on && isPossible },
    state: { at: 'off' },
    isPlain: false,
  };
  let told: (view: BlurView) => void = () => undefined;
  const change = (part: Partial<BlurView>) => {
    view = { ...view, ...part };
    told(view);
  };
  const breaks: number[] = [];
  const blur = new BackgroundBlur({
    files: new URL('/blur/', location.href).href,
    look: lookOf(view),
    fixedQuality: null,
    changed: (state) => change({ state }),
    broken: () => {
      const now = performance.now();
      breaks.push(now);
      const delay = restartDelay(breaks, now);
      if (delay !== null) setTimeout(renew, delay);
    },
  });
  /** The track that leaves is made anew, by an effect that is another one by its identity. */
  const renew = () => {
    if (view.wish.on) useEffect({ process: (camera, signal) => blur.process(camera, signal) });
  };
  renew();

  function wishFor(wish: BlurWish): void {
    const switched = wish.on !== view.wish.on;
    // Who switches it on anew asks for the blur, whatever was fallen back to before.
    change({ wish, isPlain: switched ? false : view.isPlain });
    blur.setLook(lookOf(view));
    void blurWish.setValue(wish);
    if (switched && wish.on) renew();
    else if (switched) useEffect(null);
  }

  return {
    isPossible,
    get view() {
      return view;
    },
    wishFor,
    usePlainBackground: () => {
      change({ isPlain: true });
      blur.setLook(lookOf(view));
      blur.tryAgain();
    },
    tryAgain: () => {
      const hasFailed = view.state.at === 'failed';
      breaks.length = 0;
      blur.tryAgain();
      if (hasFailed) renew();
    },
    watch: (changed) => (told = changed),
  };
}

function lookOf({ wish, isPlain }: BlurView): Look {
  return isPlain
    ? { behind: 'colour', colour: PLAIN_WALL }
    : { behind: 'blur', strength: wish.strength };
}
