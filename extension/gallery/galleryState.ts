import type { Component } from 'vue';
import type PanelFrame from '../components/panel/PanelFrame.vue';

type Frame = InstanceType<typeof PanelFrame>['$props'];

export interface GalleryState<Screen = Component> {
  /** Becomes the fragment of its address and the name of its screenshots. */
  readonly id: string;
  readonly screen: Screen;
  readonly props: object;
  readonly frame: Frame;
  /** A selector to click once the state is drawn, for what only a press brings out. */
  readonly press: string;
  /** Part of a screen, which has its heading elsewhere. */
  readonly isPart: boolean;
}

/** Checks the props against the screen's own. */
export function galleryState<Props extends object>(
  id: string,
  screen: Component & (new (...given: never[]) => { $props: Props }),
  props: NoInfer<Props>,
  frame: Frame = {},
  press = '',
): GalleryState {
  return { id, screen, props, frame, press, isPart: false };
}

/** The same for what never stands alone. */
export function galleryPart<Props extends object>(
  id: string,
  screen: Component & (new (...given: never[]) => { $props: Props }),
  props: NoInfer<Props>,
  frame: Frame = {},
): GalleryState {
  return { ...galleryState<Props>(id, screen, props, frame), isPart: true };
}
