import { countFrame, emptyCount, type FrameCount } from './frameCount.ts';

/** Chromium's, from the working draft of mediacapture-transform; not among TypeScript's own types. */
declare const MediaStreamTrackProcessor: new (init: { track: MediaStreamTrack }) => {
  readonly readable: ReadableStream<VideoFrame>;
};

/** Looks at every frame of a track until the signal; the count grows meanwhile. */
export function watchFrames(track: MediaStreamTrack, signal: AbortSignal): FrameCount {
  const count = emptyCount();
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  signal.addEventListener('abort', () => void reader.cancel());
  void readAll(reader, count);
  return count;
}

async function readAll(
  reader: ReadableStreamDefaultReader<VideoFrame>,
  count: FrameCount,
): Promise<void> {
  for (;;) {
    const { done, value: frame } = await reader.read();
    if (done) return;
    const data = new Uint8Array(frame.allocationSize());
    const [luma] = await frame.copyTo(data);
    const { width = frame.codedWidth, height = frame.codedHeight } = frame.visibleRect ?? {};
    frame.close();
    if (luma) countFrame(count, { data, stride: luma.stride, width, height });
  }
}
