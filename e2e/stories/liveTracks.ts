import type { Seat } from './takeSeat.ts';

declare global {
  var openedTracks: MediaStreamTrack[] | undefined;
}

/** An init script (so it refers to nothing outside itself): keeps every camera or microphone track. */
export function recordTracks(): void {
  const { mediaDevices } = navigator;
  if (mediaDevices === undefined) return;
  const opened: MediaStreamTrack[] = [];
  globalThis.openedTracks = opened;
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await open(constraints);
    opened.push(...stream.getTracks());
    return stream;
  };
  const clone = MediaStreamTrack.prototype.clone;
  MediaStreamTrack.prototype.clone = function (this: MediaStreamTrack) {
    const copy = clone.call(this);
    if (opened.includes(this)) opened.push(copy);
    return copy;
  };
}

/** What of camera and microphone a panel holds open at this moment. */
export function liveTracks({ place }: Seat): Promise<string[]> {
  return place.evaluate(() => {
    if (globalThis.openedTracks === undefined) throw new Error('Nobody records the tracks here.');
    const live = globalThis.openedTracks.filter(({ readyState }) => readyState === 'live');
    return live.map(({ kind }) => kind).sort();
  });
}
