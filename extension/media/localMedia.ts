import { ok } from '../../shared/result.ts';
import { askForBoth } from './askForBoth.ts';
import type { CameraEffect } from './cameraEffect.ts';
import type { DeviceMemory } from './deviceMemoryPort.ts';
import { listDevices } from './devices.ts';
import type { DeviceState, LocalMediaState } from './localMediaState.ts';
import type { DeviceKind } from './mediaProblem.ts';
import type { MediaWorld } from './mediaWorld.ts';
import { watchPermission } from './permission.ts';
import { ResilientTrack } from './resilientTrack.ts';
import type { FirstAnswer } from './resilientTrackSetup.ts';

export interface LocalMediaSetup {
  readonly world: MediaWorld;
  readonly memory: DeviceMemory;
  /** Whether the page's Permissions-Policy lets a frame ask. */
  allowedByPage(kind: DeviceKind): boolean;
  changed(state: LocalMediaState): void;
  /** A running call goes on with this track in the place of the earlier one of its kind. */
  trackChanged(track: MediaStreamTrack): void;
  volumeChanged(level: number): void;
}

/** What leaves of one kind: of a device, of an effect on it, or neutral (no source). */
interface Outgoing {
  readonly track: MediaStreamTrack;
  readonly source: MediaStreamTrack | null;
  readonly ending: AbortController;
}

const KINDS: readonly DeviceKind[] = ['camera', 'microphone'];

/**
 * Camera and microphone of one visit. Once opened, its stream always has one video and one audio
 * track, neutral ones where a device is missing, so that a call can be set up and answered with any
 * equipment.
 */
export class LocalMedia {
  readonly stream: MediaStream;
  readonly #setup: LocalMediaSetup;
  readonly #devices: Readonly<Record<DeviceKind, ResilientTrack>>;
  readonly #outgoing = new Map<DeviceKind, Outgoing>();
  #effect: CameraEffect | null = null;
  #visit: AbortController | null = null;
  #state: LocalMediaState = {
    camera: { at: 'closed' },
    microphone: { at: 'closed' },
    devices: { camera: [], microphone: [], speaker: [] },
  };

  constructor(setup: LocalMediaSetup) {
    this.#setup = setup;
    this.stream = setup.world.emptyStream();
    this.#devices = { camera: this.#device('camera'), microphone: this.#device('microphone') };
  }

  get state(): LocalMediaState {
    return this.#state;
  }

  /** Opens what is not open; resolves when everything that was asked for is done. */
  async open(): Promise<void> {
    if (!this.#visit) this.#watch((this.#visit = new AbortController()).signal);
    const answers = this.#askOnce();
    await Promise.all(KINDS.map((kind) => this.#devices[kind].open(answers?.[kind])));
  }

  /** Changes to another device and remembers it once it is open. */
  async choose(kind: DeviceKind, deviceId: string): Promise<void> {
    const device = this.#state.devices[kind].find(({ id }) => id === deviceId);
    if (device) await this.#devices[kind].choose(device);
  }

  toggle(kind: DeviceKind): void {
    this.#devices[kind].toggle();
  }

  /**
   * Puts an effect between the camera and what leaves, or takes it away (null); it stays over device
   * switches. The partner's side sees exactly one change of track.
   */
  useEffect(effect: CameraEffect | null): void {
    if (effect === this.#effect) return;
    this.#effect = effect;
    const camera = this.#outgoing.get('camera');
    if (camera?.source) this.#send('camera', camera.source, camera.track.enabled);
  }

  /** Stops every track: no camera light stays on. */
  close(): void {
    this.#visit?.abort();
    this.#visit = null;
    for (const kind of KINDS) {
      this.#release(kind);
      this.#devices[kind].close();
    }
  }

  #device(kind: DeviceKind): ResilientTrack {
    return new ResilientTrack({
      kind,
      world: this.#setup.world,
      memory: this.#setup.memory,
      allowedByPage: () => this.#setup.allowedByPage(kind),
      trackChanged: (track, on) => {
        // One wall is as good as another.
        if (track || this.#outgoing.get(kind)?.source !== null) this.#send(kind, track, on);
      },
      changed: (state) => this.#deviceChanged(kind, state),
    });
  }

  #deviceChanged(kind: DeviceKind, state: DeviceState): void {
    const outgoing = this.#outgoing.get(kind);
    if (outgoing && state.at === 'open') outgoing.track.enabled = state.on;
    const isNew = state.at === 'open' && this.#state[kind].at !== 'open';
    this.#change({ [kind]: state });
    // With the permission come the names.
    if (isNew) void this.#list();
  }

  #watch(signal: AbortSignal): void {
    const { world } = this.#setup;
    const plugged = () => {
      void this.#list();
      for (const kind of KINDS) void this.#devices[kind].devicesChanged();
    };
    world.devices?.addEventListener('devicechange', plugged, { signal });
    for (const kind of KINDS)
      void watchPermission(world, kind, signal, (permission) => {
        void this.#devices[kind].permissionChanged(permission);
      });
  }

  async #list(): Promise<void> {
    this.#change({ devices: await listDevices(this.#setup.world) });
  }

  /** Null where only one device is still to be opened. */
  #askOnce(): Record<DeviceKind, FirstAnswer> | null {
    const isToBeOpened = (kind: DeviceKind) =>
      this.#setup.allowedByPage(kind) && ['closed', 'failed'].includes(this.#state[kind].at);
    if (!KINDS.every(isToBeOpened)) return null;
    const asked = askForBoth(this.#setup.world);
    const answer = async (kind: DeviceKind): FirstAnswer => {
      const both = await asked;
      if (!both.ok) return both;
      const tracks = kind === 'camera' ? 'getVideoTracks' : 'getAudioTracks';
      return ok(both.value?.[tracks]()[0] ?? null);
    };
    return { camera: answer('camera'), microphone: answer('microphone') };
  }

  #send(kind: DeviceKind, source: MediaStreamTrack | null, on: boolean): void {
    this.#release(kind);
    const ending = new AbortController();
    const track = this.#make(kind, source, ending.signal);
    if (source) track.enabled = on;
    if (source && kind === 'microphone')
      this.#setup.world.watchVolume(source, ending.signal, this.#setup.volumeChanged);
    this.#outgoing.set(kind, { track, source, ending });
    this.stream.addTrack(track);
    this.#setup.trackChanged(track);
  }

  #make(kind: DeviceKind, source: MediaStreamTrack | null, signal: AbortSignal): MediaStreamTrack {
    if (!source) return this.#setup.world.neutral(kind, signal);
    if (kind === 'microphone' || !this.#effect) return source;
    // Muted or not, an effect sees the camera: a mask made of black pictures would be wrong later.
    source.enabled = true;
    return this.#effect.process(source, signal);
  }

  #release(kind: DeviceKind): void {
    const outgoing = this.#outgoing.get(kind);
    if (!outgoing) return;
    this.#outgoing.delete(kind);
    this.stream.removeTrack(outgoing.track);
    outgoing.ending.abort();
  }

  #change(change: Partial<LocalMediaState>): void {
    this.#state = { ...this.#state, ...change };
    this.#setup.changed(this.#state);
  }
}
