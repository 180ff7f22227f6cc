import type { DeviceKind, MediaProblem } from './mediaProblem.ts';

/** Id and group change with every load of a frame; the label is what people and Foyer know it by. */
export interface Device {
  readonly id: string;
  readonly label: string;
  /** Devices of one box, such as a webcam and its microphone, share it. */
  readonly group: string;
}

export type Devices = Readonly<Record<DeviceKind | 'speaker', readonly Device[]>>;

/** What a person should know of an open device that is not the one they chose; labels of devices. */
export type DeviceNotice =
  /** The chosen one is gone, or does not start; it is taken back when it returns. */
  | { readonly kind: 'standsIn'; readonly wanted: string; readonly because: 'gone' | 'notStarting' }
  /** A change was tried and failed; the earlier device goes on. */
  | { readonly kind: 'switchFailed'; readonly wanted: string; readonly problem: MediaProblem };

/** One device as the person sees it. */
export type DeviceState =
  | { readonly at: 'closed' }
  /** `asking`: the browser shows its question, or is about to. */
  | { readonly at: 'opening'; readonly asking: boolean }
  | {
      readonly at: 'open';
      /** What it picks up leaves this machine. */
      readonly on: boolean;
      readonly device: Device;
      /** The device that is being changed to, while `device` goes on. */
      readonly next: Device | null;
      readonly notice: DeviceNotice | null;
    }
  /** `label` names the device that was lost, where one was. */
  | { readonly at: 'failed'; readonly problem: MediaProblem; readonly label: string };

export interface LocalMediaState {
  readonly camera: DeviceState;
  readonly microphone: DeviceState;
  readonly devices: Devices;
}
