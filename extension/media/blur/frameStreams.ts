/** Chromium's, of the working draft of mediacapture-transform; not among TypeScript's own types. */
interface FrameStreams {
  MediaStreamTrackProcessor?: new (init: { track: MediaStreamTrack; maxBufferSize: number }) => {
    readonly readable: ReadableStream<VideoFrame>;
  };
  MediaStreamTrackGenerator?: new (init: { kind: 'video' }) => MediaStreamTrack & {
    readonly writable: WritableStream<VideoFrame>;
  };
}

const streams: FrameStreams = globalThis as FrameStreams;

/** Whether this page can take a track apart into frames and make a track of frames. */
export function hasFrameStreams(): boolean {
  return (
    streams.MediaStreamTrackProcessor !== undefined &&
    streams.MediaStreamTrackGenerator !== undefined
  );
}

/** The frames of a track, as they come; one that nobody is ready for gives way to the next. */
export function framesOf(track: MediaStreamTrack): ReadableStream<VideoFrame> {
  if (!streams.MediaStreamTrackProcessor) throw new Error('This browser hands out no frames.');
  return new streams.MediaStreamTrackProcessor({ track, maxBufferSize: 1 }).readable;
}

/** A track that shows the frames that are written. */
export function createFrameTrack(): {
  readonly track: MediaStreamTrack;
  readonly writable: WritableStream<VideoFrame>;
} {
  if (!streams.MediaStreamTrackGenerator) throw new Error('This browser takes no frames.');
  const track = new streams.MediaStreamTrackGenerator({ kind: 'video' });
  return { track, writable: track.writable };
}
