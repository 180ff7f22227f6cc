/** Chromium's, from the working draft of mediacapture-transform; not among TypeScript's own types. */
declare const MediaStreamTrackProcessor: new (init: { track: MediaStreamTrack }) => {
  readonly readable: ReadableStream<VideoFrame>;
};

/** Frames a second that reach a reader of the track during so many ms. */
export async function countSink(track: MediaStreamTrack, forMs: number): Promise<number> {
  const copy = track.clone();
  const reader = new MediaStreamTrackProcessor({ track: copy }).readable.getReader();
  const start = performance.now();
  setTimeout(() => void reader.cancel(), forMs);
  let frames = 0;
  for (;;) {
    const { done, value: frame } = await reader.read();
    if (done) break;
    frame.close();
    frames += 1;
  }
  copy.stop();
  return (frames * 1_000) / (performance.now() - start);
}
