import { findDevice } from './deviceChoice.ts';
import type { DeviceMemory } from './deviceMemoryPort.ts';
import type { Device, DeviceNotice } from './localMediaState.ts';

/** Where the partner is heard. */
export interface SpeakerState {
  /** What `setSinkId` takes; empty for the system's own choice. */
  readonly sinkId: string;
  /** The chosen one is gone, and the system's own plays. */
  readonly notice: DeviceNotice | null;
}

/** Whether this browser lets a page choose where it plays. */
export function canChooseSpeaker(): boolean {
  return 'setSinkId' in HTMLMediaElement.prototype;
}

/** The chosen speaker while it is there, and the system's own while it is not. */
export class Speaker {
  readonly #memory: DeviceMemory;
  readonly #changed: (state: SpeakerState) => void;
  #wanted: Device | null = null;
  #listed: readonly Device[] = [];
  #state: SpeakerState = { sinkId: '', notice: null };

  constructor(memory: DeviceMemory, changed: (state: SpeakerState) => void) {
    this.#memory = memory;
    this.#changed = changed;
  }

  get state(): SpeakerState {
    return this.#state;
  }

  /** The choice of an earlier visit. */
  async recall(): Promise<void> {
    this.#wanted ??= await this.#memory.recall('speaker');
    this.#decide();
  }

  async choose(deviceId: string): Promise<void> {
    const device = this.#listed.find(({ id }) => id === deviceId);
    if (!device) return;
    this.#wanted = device;
    this.#decide();
    await this.#memory.keep('speaker', device);
  }

  devicesChanged(listed: readonly Device[]): void {
    this.#listed = listed;
    this.#decide();
  }

  #decide(): void {
    const found = this.#wanted ? findDevice(this.#wanted, this.#listed) : undefined;
    const isGone = this.#wanted !== null && this.#listed.length > 0 && !found;
    const wanted = this.#wanted?.label ?? '';
    const next: SpeakerState = {
      sinkId: found?.id ?? '',
      notice: isGone ? { kind: 'standsIn', wanted, because: 'gone' } : null,
    };
    const isSame = next.sinkId === this.#state.sinkId && isGone === (this.#state.notice !== null);
    if (isSame) return;
    this.#state = next;
    this.#changed(next);
  }
}
