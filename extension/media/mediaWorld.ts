import type { DeviceKind } from './mediaProblem.ts';

/** The part of `navigator.mediaDevices` that is used; its fake is fakeMediaDevices.ts. */
export interface MediaDevicesPort {
  getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream>;
  enumerateDevices(): Promise<MediaDeviceInfo[]>;
  addEventListener(
    type: 'devicechange',
    listener: () => void,
    options: { signal: AbortSignal },
  ): void;
}

/** What camera and microphone need of the browser. */
export interface MediaWorld {
  /** Null where the frame is no secure context: Firefox then has no devices at all. */
  readonly devices: MediaDevicesPort | null;
  /** Null where the browser does not tell (older Firefox). */
  permission(kind: DeviceKind): Promise<PermissionStatus | null>;
  emptyStream(): MediaStream;
  /** What leaves where there is no device; stops on the signal. */
  neutral(kind: DeviceKind, signal: AbortSignal): MediaStreamTrack;
  /** Reports the loudness of a microphone, from 0 to 1, until the signal. */
  watchVolume(track: MediaStreamTrack, signal: AbortSignal, report: (level: number) => void): void;
}
