import type { Device } from './localMediaState.ts';

/** What the browser keeps of the devices that somebody chose. */
export interface DeviceMemory {
  recall(kind: 'camera' | 'microphone' | 'speaker'): Promise<Device | null>;
  keep(kind: 'camera' | 'microphone' | 'speaker', device: Device): Promise<void>;
}
