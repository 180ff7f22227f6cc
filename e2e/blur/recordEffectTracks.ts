import type { FrameCount } from './frameCount.ts';
import { watchFrames } from './watchFrames.ts';

declare global {
  /** What was on the frames of every track that this page made of frames, in order. */
  var effectTracks: { readonly track: MediaStreamTrack; readonly count: FrameCount }[] | undefined;
  /** Counts the frames of a received track from now on. */
  var watchReceived: ((video: HTMLVideoElement) => FrameCount) | undefined;
}

interface GeneratorHolder {
  MediaStreamTrackGenerator?: new (init: { kind: 'video' }) => MediaStreamTrack;
}

/**
 * Runs in every page before its own scripts: looks at each frame of each track that the page makes,
 * from the very first one, on a copy of the track.
 */
const holder = globalThis as GeneratorHolder;
const Plain = holder.MediaStreamTrackGenerator;
if (Plain) {
  const made: NonNullable<typeof globalThis.effectTracks> = [];
  globalThis.effectTracks = made;
  holder.MediaStreamTrackGenerator = class extends Plain {
    constructor(init: { kind: 'video' }) {
      super(init);
      made.push({ track: this, count: watchFrames(this.clone(), new AbortController().signal) });
    }
  };
}

globalThis.watchReceived = (video) => {
  const stream = video.srcObject;
  const track = stream instanceof MediaStream ? stream.getVideoTracks()[0] : undefined;
  if (!track) throw new Error('This element shows no track.');
  return watchFrames(track.clone(), new AbortController().signal);
};
