import type { Result } from '../../shared/result.ts';
import type { DeviceMemory } from './deviceMemoryPort.ts';
import type { DeviceState } from './localMediaState.ts';
import type { DeviceKind, MediaProblem } from './mediaProblem.ts';
import type { MediaWorld } from './mediaWorld.ts';

export interface ResilientTrackSetup {
  readonly kind: DeviceKind;
  readonly world: MediaWorld;
  readonly memory: DeviceMemory;
  /** Whether the page's Permissions-Policy lets a frame ask. */
  allowedByPage(): boolean;
  /** The live track, or null where there is none; the earlier one is stopped after this. */
  trackChanged(track: MediaStreamTrack | null, on: boolean): void;
  changed(state: DeviceState): void;
}

/** What came of asking for both devices at once; no track where that was not needed. */
export type FirstAnswer = Promise<Result<MediaStreamTrack | null, MediaProblem>>;
