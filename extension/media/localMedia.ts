import { assertNever } from '../../shared/assertNever.ts';
import type { CameraEffect } from './cameraEffect.ts';
import { deviceList } from './deviceList.ts';
import type { LocalMediaState } from './localMediaState.ts';
import type { DeviceKind, MediaProblem } from './mediaProblem.ts';
import { neutralPicture, silence } from './neutralTracks.ts';
import { openTrack } from './openTrack.ts';
import { watchVolume } from './volumeMeter.ts';

/** Device ids change with every load of a frame; people know their devices by name. */
interface DeviceMemory {
  recall(kind: DeviceKind): Promise<string>;
  keep(kind: DeviceKind, label: string): Promise<void>;
}

export interface LocalMediaSetup {
  readonly memory: DeviceMemory;
  /** Whether the page's Permissions-Policy lets a frame ask. */
  allowedByPage(kind: DeviceKind): boolean;
  changed(state: LocalMediaState): void;
  /** A running call goes on with this track in the place of the earlier one of its kind. */
  trackChanged(track: MediaStreamTrack): void;
  volumeChanged(level: number): void;
}

const KINDS: readonly DeviceKind[] = ['camera', 'microphone'];

/**
 * Camera and microphone of one visit. Its stream always has one video and one audio track, neutral
 * ones where a device is missing, so that a call can be set up and answered with any equipment.
 */
export class LocalMedia {
  readonly stream = new MediaStream();
  readonly #setup: LocalMediaSetup;
  #state: LocalMediaState = {
    camera: { at: 'closed' },
    microphone: { at: 'closed' },
    devices: { camera: [], microphone: [] },
  };
  /** Ends what belongs to the track that is in the stream for each kind. */
  readonly #tracks = new Map<DeviceKind, AbortController>();
  /** Ends what belongs to the open device of each kind. */
  readonly #open = new Map<DeviceKind, AbortController>();
  /** The open camera itself, whatever leaves in its place. */
  #camera: MediaStreamTrack | null = null;
  #effect: CameraEffect | null = null;
  /** The latest request wins: a device that opens too late is let go at once. */
  readonly #requests = new Map<DeviceKind, number>();

  constructor(setup: LocalMediaSetup) {
    this.#setup = setup;
  }

  get state(): LocalMediaState {
    return this.#state;
  }

  /** Opens what is not open; the person is asked once for each device at most. */
  async open(): Promise<void> {
    const closed = KINDS.filter((kind) => {
      const { at } = this.#state[kind];
      return at === 'closed' || at === 'failed';
    });
    await Promise.all(closed.map((kind) => this.#openDevice(kind)));
  }

  /** Changes to another device and remembers it. */
  async choose(kind: DeviceKind, deviceId: string): Promise<void> {
    const label = this.#state.devices[kind].find(({ id }) => id === deviceId)?.label ?? '';
    await this.#setup.memory.keep(kind, label);
    await this.#openDevice(kind, deviceId);
  }

  /** Mutes or unmutes; the device stays open, so that unmuting is instant. */
  toggle(kind: DeviceKind): void {
    const device = this.#state[kind];
    if (device.at !== 'open') return;
    const track = this.#track(kind);
    if (track) track.enabled = !device.on;
    this.#change({ [kind]: { ...device, on: !device.on } });
  }

  /**
   * Puts an effect between the camera and what leaves, or takes it away (null); it stays over device
   * switches. The partner's side sees exactly one change of track.
   */
  useEffect(effect: CameraEffect | null): void {
    if (effect === this.#effect) return;
    this.#effect = effect;
    const camera = this.#camera;
    const device = this.#state.camera;
    if (camera && device.at === 'open') this.#send('camera', camera, device.on);
  }

  /** Stops every track: no camera light stays on. */
  close(): void {
    for (const kind of KINDS) {
      this.#requests.set(kind, this.#nextRequest(kind));
      this.#releaseDevice(kind);
      this.#release(kind);
    }
    this.#change({ camera: { at: 'closed' }, microphone: { at: 'closed' } });
  }

  async #openDevice(kind: DeviceKind, deviceId?: string): Promise<void> {
    const request = this.#nextRequest(kind);
    this.#requests.set(kind, request);
    const before = this.#state[kind];
    this.#change({ [kind]: { at: 'opening' } });
    const wanted = deviceId ?? (await this.#rememberedId(kind));
    const opened = await openTrack(kind, wanted, this.#setup.allowedByPage(kind));
    if (this.#requests.get(kind) !== request) {
      if (opened.ok) opened.value.stop();
      return;
    }
    if (opened.ok) this.#use(kind, opened.value, before.at === 'open' ? before.on : true);
    else if (before.at === 'open') this.#change({ [kind]: before });
    else this.#doWithout(kind, opened.error);
    this.#change({ devices: await deviceList() });
  }

  #nextRequest(kind: DeviceKind): number {
    return (this.#requests.get(kind) ?? 0) + 1;
  }

  async #rememberedId(kind: DeviceKind): Promise<string> {
    const label = await this.#setup.memory.recall(kind);
    const devices = await deviceList();
    return devices[kind].find((device) => device.label === label)?.id ?? '';
  }

  #use(kind: DeviceKind, track: MediaStreamTrack, on: boolean): void {
    const { signal } = this.#holdDevice(kind);
    if (kind === 'camera') this.#camera = track;
    this.#send(kind, track, on);
    const device = { id: track.getSettings().deviceId ?? '', label: track.label };
    signal.addEventListener('abort', () => track.stop());
    track.addEventListener('ended', () => this.#doWithout(kind, 'missing'), { signal });
    if (kind === 'microphone') watchVolume(track, signal, this.#setup.volumeChanged);
    this.#change({ [kind]: { at: 'open', on, device } });
  }

  /** What of an open device leaves: itself, or what the effect makes of it, never both. */
  #send(kind: DeviceKind, device: MediaStreamTrack, on: boolean): void {
    const effect = kind === 'camera' ? this.#effect : null;
    this.#put(kind, (signal) => {
      // Muted or not, an effect sees the camera: a mask made of black pictures would be wrong later.
      device.enabled = true;
      const track = effect ? effect.process(device, signal) : device;
      track.enabled = on;
      return track;
    });
  }

  #doWithout(kind: DeviceKind, problem: MediaProblem): void {
    this.#releaseDevice(kind);
    this.#put(kind, (signal) => neutral(kind, signal));
    this.#change({ [kind]: { at: 'failed', problem } });
  }

  #put(kind: DeviceKind, make: (signal: AbortSignal) => MediaStreamTrack): void {
    this.#release(kind);
    const ending = new AbortController();
    this.#tracks.set(kind, ending);
    const track = make(ending.signal);
    this.stream.addTrack(track);
    this.#setup.trackChanged(track);
  }

  #release(kind: DeviceKind): void {
    const track = this.#track(kind);
    if (track) this.stream.removeTrack(track);
    this.#tracks.get(kind)?.abort();
    this.#tracks.delete(kind);
  }

  #holdDevice(kind: DeviceKind): AbortController {
    this.#releaseDevice(kind);
    const ending = new AbortController();
    this.#open.set(kind, ending);
    return ending;
  }

  #releaseDevice(kind: DeviceKind): void {
    if (kind === 'camera') this.#camera = null;
    this.#open.get(kind)?.abort();
    this.#open.delete(kind);
  }

  #track(kind: DeviceKind): MediaStreamTrack | undefined {
    const [track] = kind === 'camera' ? this.stream.getVideoTracks() : this.stream.getAudioTracks();
    return track;
  }

  #change(change: Partial<LocalMediaState>): void {
    this.#state = { ...this.#state, ...change };
    this.#setup.changed(this.#state);
  }
}

function neutral(kind: DeviceKind, signal: AbortSignal): MediaStreamTrack {
  switch (kind) {
    case 'camera':
      return neutralPicture(signal);
    case 'microphone':
      return silence(signal);
    default:
      return assertNever(kind);
  }
}
