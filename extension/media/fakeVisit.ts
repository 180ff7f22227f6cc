import { FakeMediaWorld } from './fakeMediaDevices.ts';
import { LocalMedia } from './localMedia.ts';
import type { Device } from './localMediaState.ts';
import type { DeviceKind } from './mediaProblem.ts';

export const FRONT = 'Integrated camera';
export const BRIO = 'Logitech BRIO';
export const BUILT_IN = 'Built-in microphone';

export interface FakeVisit {
  readonly world: FakeMediaWorld;
  readonly media: LocalMedia;
  readonly memory: Map<string, Device>;
  /** The tracks that a call has got, in order. */
  readonly changes: MediaStreamTrack[];
  /** Devices that the page's policy keeps back. */
  readonly forbidden: Set<DeviceKind>;
}

/** Somebody with two cameras and a microphone, about to open them. */
export function fakeVisit(): FakeVisit {
  const world = new FakeMediaWorld();
  const memory = new Map<string, Device>();
  const changes: MediaStreamTrack[] = [];
  const forbidden = new Set<DeviceKind>();
  world.devices.plug('camera', FRONT);
  world.devices.plug('camera', BRIO);
  world.devices.plug('microphone', BUILT_IN);
  const media = new LocalMedia({
    world,
    memory: {
      recall: async (kind) => memory.get(kind) ?? null,
      keep: async (kind, device) => void memory.set(kind, device),
    },
    allowedByPage: (kind) => !forbidden.has(kind),
    changed: () => undefined,
    trackChanged: (track) => changes.push(track),
    volumeChanged: () => undefined,
  });
  return { world, media, memory, changes, forbidden };
}

export function aTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
