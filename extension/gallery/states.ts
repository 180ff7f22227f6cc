import type { Component } from 'vue';
import { BLUR_STATES } from './blurStates.ts';
import { CALL_STATES } from './callStates.ts';
import { CONNECTION_STATES } from './connectionStates.ts';
import { DOOR_STATES } from './doorStates.ts';
import type { GalleryState } from './galleryState.ts';
import { LOBBY_STATES } from './lobbyStates.ts';
import { STOPPED_STATES } from './stoppedStates.ts';

/** Every state that a person can see, in the order in which they meet them. */
export const STATES: readonly GalleryState<Component>[] = [
  ...DOOR_STATES,
  ...LOBBY_STATES,
  ...BLUR_STATES,
  ...CALL_STATES,
  ...CONNECTION_STATES,
  ...STOPPED_STATES,
];
