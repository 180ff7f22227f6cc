import type { Rgb } from './colour.ts';

/** What is shown behind the person. */
export type Look =
  /** `strength` from 0 (shapes remain) to 1 (only light and colour remain). */
  | { readonly behind: 'blur'; readonly strength: number }
  | { readonly behind: 'colour'; readonly colour: Rgb };
