declare global {
  var pluggable:
    | {
        /** Plugs a device in that was there at first. */
        plug(label: string): void;
        /** Pulls a device out, as Chromium shows it: the tracks end, the list changes. */
        unplug(label: string): void;
        /** How often this page has described itself to a partner. */
        descriptions: number;
      }
    | undefined;
}

export const INTEGRATED = 'Integrated camera';
export const BRIO = 'Logitech BRIO';
export const BUILT_IN = 'Built-in microphone';
export const HEADSET = 'Jabra headset';

/**
 * An init script (so it refers to nothing outside itself): two cameras and two microphones that can
 * be pulled out. Nothing outside the browser can unplug Chromium's fake devices, so each of these is
 * a fresh track of the one fake camera or microphone under a name of its own.
 */
export function makePluggable(): void {
  const { mediaDevices } = navigator;
  if (mediaDevices === undefined) return;
  const boxes = [
    { kind: 'videoinput', label: 'Integrated camera' },
    { kind: 'videoinput', label: 'Logitech BRIO' },
    { kind: 'audioinput', label: 'Built-in microphone' },
    { kind: 'audioinput', label: 'Jabra headset' },
  ].map((box) => ({ ...box, deviceId: `id of ${box.label}`, groupId: `box of ${box.label}` }));
  const plugged = new Set(boxes.map(({ label }) => label));
  const tracks: { label: string; track: MediaStreamTrack }[] = [];
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  const list = mediaDevices.enumerateDevices.bind(mediaDevices);
  const changed = () => mediaDevices.dispatchEvent(new Event('devicechange'));

  mediaDevices.enumerateDevices = async () => {
    const speakers = (await list()).filter(({ kind }) => kind === 'audiooutput');
    const own = boxes.filter(({ label }) => plugged.has(label));
    return [...own, ...speakers] as MediaDeviceInfo[];
  };
  const boxFor = (kind: string, wanted: boolean | MediaTrackConstraints) => {
    const wish = typeof wanted === 'object' ? wanted.deviceId : undefined;
    const { exact, ideal } = (typeof wish === 'object' ? wish : {}) as ConstrainDOMStringParameters;
    const there = boxes.filter((box) => box.kind === kind && plugged.has(box.label));
    const named = there.find(({ deviceId }) => deviceId === (exact ?? ideal));
    const box = exact === undefined ? (named ?? there[0]) : named;
    if (!box) throw new DOMException('Requested device not found', 'NotFoundError');
    return box;
  };
  const withoutDevice = (wanted: boolean | MediaTrackConstraints) => {
    if (typeof wanted !== 'object') return wanted;
    const others = { ...wanted };
    delete others.deviceId;
    return others;
  };
  mediaDevices.getUserMedia = async ({ video = false, audio = false } = {}) => {
    const camera = video ? boxFor('videoinput', video) : null;
    const microphone = audio ? boxFor('audioinput', audio) : null;
    const stream = await open({ video: withoutDevice(video), audio: withoutDevice(audio) });
    for (const track of stream.getTracks()) {
      const box = track.kind === 'video' ? camera : microphone;
      if (!box) continue;
      const { label, deviceId, groupId } = box;
      const settings = track.getSettings.bind(track);
      Object.defineProperty(track, 'label', { value: label });
      track.getSettings = () => ({ ...settings(), deviceId, groupId });
      tracks.push({ label, track });
    }
    return stream;
  };

  const state = {
    plug: (label: string) => {
      plugged.add(label);
      changed();
    },
    unplug: (label: string) => {
      plugged.delete(label);
      for (const one of tracks) {
        if (one.label !== label || one.track.readyState === 'ended') continue;
        one.track.stop();
        one.track.dispatchEvent(new Event('ended'));
      }
      changed();
    },
    descriptions: 0,
  };
  globalThis.pluggable = state;
  const describe = RTCPeerConnection.prototype.setLocalDescription;
  RTCPeerConnection.prototype.setLocalDescription = function (
    this: RTCPeerConnection,
    description?: RTCLocalSessionDescriptionInit,
  ) {
    state.descriptions += 1;
    return (describe as (given?: RTCLocalSessionDescriptionInit) => Promise<void>).call(
      this,
      description,
    );
  };
}
