import BackgroundBlur from '../components/settings/BackgroundBlur.vue';
import BlurTrouble from '../components/settings/BlurTrouble.vue';
import type { BlurState } from '../media/blur/blurState.ts';
import { galleryPart, type GalleryState } from './galleryState.ts';

function blurState(
  id: string,
  state: BlurState,
  changed: { isPlain?: boolean } = {},
): GalleryState {
  return galleryPart(`blur-${id}`, BackgroundBlur, {
    class: 'm-4',
    on: true,
    strength: 0.5,
    isPossible: true,
    state,
    isPlain: false,
    ...changed,
  });
}

/** The switch for background blur, and its trouble over a lobby or a call. */
export const BLUR_STATES: readonly GalleryState[] = [
  galleryPart('blur-off', BackgroundBlur, {
    class: 'm-4',
    on: false,
    strength: 0.5,
    isPossible: true,
    state: { at: 'off' },
    isPlain: false,
  }),
  galleryPart('blur-impossible', BackgroundBlur, {
    class: 'm-4',
    on: false,
    strength: 0.5,
    isPossible: false,
    state: { at: 'off' },
    isPlain: false,
  }),
  blurState('loading', { at: 'loading', loaded: 0.5 }),
  blurState('on', { at: 'on', by: 'foyer', isReduced: false }),
  blurState('reduced', { at: 'on', by: 'foyer', isReduced: true }),
  blurState('by-camera', { at: 'on', by: 'camera', isReduced: false }),
  blurState('plain', { at: 'on', by: 'foyer', isReduced: true }, { isPlain: true }),
  blurState('too-slow', { at: 'tooSlow' }),
  blurState('too-slow-plain', { at: 'tooSlow' }, { isPlain: true }),
  blurState('failed', { at: 'failed' }),
  ...(['tooSlow', 'failed'] as const).map((trouble) =>
    galleryPart(
      `blur-notice-${trouble}`,
      BlurTrouble,
      { class: 'm-3', trouble, isPlain: false, brief: true },
      { stage: true },
    ),
  ),
];
