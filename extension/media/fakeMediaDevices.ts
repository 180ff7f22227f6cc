import type { DeviceKind } from './mediaProblem.ts';
import type { MediaDevicesPort, MediaWorld } from './mediaWorld.ts';

type ListedKind = DeviceKind | 'speaker';
interface FakeDevice {
  readonly kind: ListedKind;
  readonly id: string;
  readonly label: string;
  group: string;
}

const BROWSER_KINDS: Record<ListedKind, MediaDeviceKind> = {
  camera: 'videoinput',
  microphone: 'audioinput',
  speaker: 'audiooutput',
};

export class FakeTrack extends EventTarget {
  enabled = true;
  readyState: 'live' | 'ended' = 'live';
  readonly kind: 'video' | 'audio';
  readonly label: string;
  readonly #device: FakeDevice | null;

  constructor(kind: DeviceKind, label: string, device: FakeDevice | null = null) {
    super();
    this.kind = kind === 'camera' ? 'video' : 'audio';
    this.label = label;
    this.#device = device;
  }

  getSettings(): MediaTrackSettings {
    return this.#device ? { deviceId: this.#device.id, groupId: this.#device.group } : {};
  }

  stop(): void {
    this.readyState = 'ended';
  }

  /** The device is gone: unlike `stop`, the browser says so. */
  end(): void {
    if (this.readyState === 'ended') return;
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }

  get asTrack(): MediaStreamTrack {
    return this as unknown as MediaStreamTrack;
  }
}

class FakeStream {
  readonly #tracks: FakeTrack[];

  constructor(tracks: FakeTrack[] = []) {
    this.#tracks = tracks;
  }

  getTracks = () => [...this.#tracks];
  getVideoTracks = () => this.#tracks.filter(({ kind }) => kind === 'video');
  getAudioTracks = () => this.#tracks.filter(({ kind }) => kind === 'audio');
  addTrack = (track: FakeTrack) => void this.#tracks.push(track);
  removeTrack = (track: FakeTrack) => void this.#tracks.splice(this.#tracks.indexOf(track), 1);

  get asStream(): MediaStream {
    return this as unknown as MediaStream;
  }
}

class FakePermission extends EventTarget {
  state: PermissionState = 'granted';

  become(state: PermissionState): void {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}

export function browserError(name: string, message = ''): Error {
  return Object.assign(new Error(message), { name });
}

/** Devices that tests plug in and out; every track that was ever opened is remembered. */
class FakeMediaDevices extends EventTarget implements MediaDevicesPort {
  readonly opened: FakeTrack[] = [];
  readonly asked: MediaStreamConstraints[] = [];
  readonly permission = { camera: new FakePermission(), microphone: new FakePermission() };
  /** What the person answers when asked. */
  answer: 'granted' | 'denied' | 'dismissed' = 'granted';
  /** Devices that do not start, by label. */
  readonly broken = new Map<string, Error>();
  /** Firefox: a second microphone does not open beside a live one. */
  oneMicrophone = false;
  #listed: FakeDevice[] = [];
  #nextId = 1;
  #gate: { promise: Promise<void>; open: () => void } | null = null;

  plug(kind: ListedKind, label: string, id = `${kind}-${this.#nextId++}`): void {
    this.#listed.push({ kind, id, label, group: `box of ${label}` });
    this.dispatchEvent(new Event('devicechange'));
  }

  /** `silent`: the track is not ended, as on some systems. */
  unplug(label: string, silent = false): void {
    const gone = this.#listed.filter((one) => one.label === label);
    this.#listed = this.#listed.filter((one) => one.label !== label);
    const tracks = this.opened.filter((track) =>
      gone.some(({ id }) => id === track.getSettings().deviceId),
    );
    if (!silent) for (const track of tracks) track.end();
    this.dispatchEvent(new Event('devicechange'));
  }

  /** The system's default is another box now: same id, other group, and running tracks stay. */
  moveDefault(group: string): void {
    for (const device of this.#listed) if (device.id === 'default') device.group = group;
    this.dispatchEvent(new Event('devicechange'));
  }

  /** From now on devices open only when the gate does; the answer opens it. */
  hold(): () => void {
    let open: () => void = () => undefined;
    const promise = new Promise<void>((resolve) => (open = resolve));
    this.#gate = { promise, open };
    return () => {
      this.#gate = null;
      open();
    };
  }

  live(): string[] {
    return this.opened.filter(({ readyState }) => readyState === 'live').map(({ label }) => label);
  }

  async enumerateDevices(): Promise<MediaDeviceInfo[]> {
    const named = (kind: ListedKind) =>
      kind === 'speaker' || this.permission[kind].state === 'granted';
    const empty = { deviceId: '', label: '', groupId: '' };
    const seen = new Set<ListedKind>();
    return this.#listed.flatMap(({ kind, id, label, group }) => {
      const info = { kind: BROWSER_KINDS[kind], toJSON: () => ({}) };
      if (named(kind)) return [{ ...info, deviceId: id, label, groupId: group }];
      if (seen.has(kind)) return [];
      seen.add(kind);
      return [{ ...info, ...empty }];
    });
  }

  async getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream> {
    this.asked.push(constraints);
    await this.#gate?.promise;
    const kinds: DeviceKind[] = [
      ...(constraints.video ? ['camera' as const] : []),
      ...(constraints.audio ? ['microphone' as const] : []),
    ];
    this.#askFor(kinds);
    const found = kinds.map((kind) => this.#find(kind, constraints));
    const tracks = found.map((device) => new FakeTrack(kindOf(device), device.label, device));
    this.opened.push(...tracks);
    return new FakeStream(tracks).asStream;
  }

  #askFor(kinds: readonly DeviceKind[]): void {
    for (const kind of kinds)
      if (!this.#listed.some((one) => one.kind === kind))
        throw browserError('NotFoundError', 'Requested device not found');
    const unanswered = kinds.filter((kind) => this.permission[kind].state === 'prompt');
    if (unanswered.length > 0 && this.answer === 'dismissed')
      throw browserError('NotAllowedError', 'Permission dismissed');
    for (const kind of unanswered)
      this.permission[kind].state = this.answer === 'denied' ? 'denied' : 'granted';
    if (kinds.some((kind) => this.permission[kind].state === 'denied'))
      throw browserError('NotAllowedError', 'Permission denied');
  }

  #find(kind: DeviceKind, constraints: MediaStreamConstraints): FakeDevice {
    const wanted = kind === 'camera' ? constraints.video : constraints.audio;
    const wish = typeof wanted === 'object' ? wanted.deviceId : undefined;
    const { exact, ideal } = typeof wish === 'object' && !Array.isArray(wish) ? wish : {};
    const ofKind = this.#listed.filter((one) => one.kind === kind);
    const named = ofKind.find(({ id }) => id === (exact ?? ideal));
    if (exact !== undefined && !named) throw browserError('OverconstrainedError');
    const device = named ?? ofKind[0];
    if (!device) throw browserError('NotFoundError', 'Requested device not found');
    const error = this.broken.get(device.label);
    if (error) throw error;
    if (kind === 'microphone' && this.oneMicrophone) this.#checkOneMicrophone(device);
    return device;
  }

  #checkOneMicrophone({ id }: FakeDevice): void {
    const isOther = (track: FakeTrack) =>
      track.kind === 'audio' && track.readyState === 'live' && track.getSettings().deviceId !== id;
    if (this.opened.some(isOther))
      throw browserError('NotReadableError', 'Concurrent mic process limit.');
  }
}

function kindOf({ kind }: FakeDevice): DeviceKind {
  return kind === 'camera' ? 'camera' : 'microphone';
}

/** A browser around the fake devices; what it gave that is not of a device is neutral. */
export class FakeMediaWorld implements MediaWorld {
  readonly devices = new FakeMediaDevices();
  readonly neutrals: FakeTrack[] = [];

  async permission(kind: DeviceKind): Promise<PermissionStatus> {
    return this.devices.permission[kind] as unknown as PermissionStatus;
  }

  emptyStream(): MediaStream {
    return new FakeStream().asStream;
  }

  neutral(kind: DeviceKind, signal: AbortSignal): MediaStreamTrack {
    const track = new FakeTrack(kind, 'neutral');
    this.neutrals.push(track);
    signal.addEventListener('abort', () => track.stop());
    return track.asTrack;
  }

  watchVolume(): void {
    // No sound, no level.
  }
}
