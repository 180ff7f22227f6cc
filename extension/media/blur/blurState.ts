/** Background blur as the person sees it. */
export type BlurState =
  | { readonly at: 'off' }
  /** A neutral picture leaves meanwhile; `loaded` is from 0 to 1. */
  | { readonly at: 'loading'; readonly loaded: number }
  /** `by` the camera itself, or here; `isReduced` where the machine is too busy for the best. */
  | { readonly at: 'on'; readonly by: 'foyer' | 'camera'; readonly isReduced: boolean }
  /** A neutral picture leaves until the person chooses what to do. */
  | { readonly at: 'tooSlow' }
  /** The same; restarts by itself did not help. */
  | { readonly at: 'failed' };
