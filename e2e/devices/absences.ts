import type { Seat } from '../stories/takeSeat.ts';

/** Chromium's, from the working draft of mediacapture-transform; not among TypeScript's own types. */
declare const MediaStreamTrackProcessor: new (init: { track: MediaStreamTrack }) => {
  readonly readable: ReadableStream<AudioData>;
};

/**
 * From now on a page times its partner's picture; the answer is the longest time so far without one,
 * ms. A plain wall, which leaves where there is no camera, is no picture of anybody.
 */
export async function longestAbsence(
  { panel }: Seat,
  partnerName: string,
): Promise<() => Promise<number>> {
  const timing = await panel.partnerVideo(partnerName).evaluateHandle((element) => {
    if (!(element instanceof HTMLVideoElement)) throw new Error('This element is not a <video>.');
    const size = { width: 32, height: 24 };
    const canvas = new OffscreenCanvas(size.width, size.height);
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    if (pen === null) throw new Error('This page has no 2D canvas.');
    /** The code of a fake camera is black and white; a wall, even badly coded, has one colour. */
    const leastContrast = 60;
    const showsSomebody = () => {
      pen.drawImage(element, 0, 0, size.width, size.height);
      const { data } = pen.getImageData(0, 0, size.width, size.height);
      const greens = data.filter((_, index) => index % 4 === 1);
      return Math.max(...greens) - Math.min(...greens) > leastContrast;
    };
    const record = { last: performance.now(), longest: 0 };
    const next = (now: number) => {
      if (showsSomebody()) {
        record.longest = Math.max(record.longest, now - record.last);
        record.last = now;
      }
      element.requestVideoFrameCallback(next);
    };
    element.requestVideoFrameCallback(next);
    return record;
  });
  return () => timing.evaluate(({ longest, last }) => Math.max(longest, performance.now() - last));
}

/** The same for the partner's voice; the pauses between the syllables of a fake one are short. */
export async function longestSilence(
  { panel }: Seat,
  partnerName: string,
): Promise<() => Promise<number>> {
  const timing = await panel.partnerVideo(partnerName).evaluateHandle((element) => {
    const stream = element instanceof HTMLVideoElement ? element.srcObject : null;
    const track = stream instanceof MediaStream ? stream.getAudioTracks()[0] : undefined;
    if (track === undefined) throw new Error('Nobody is to be heard here.');
    const quiet = 0.005;
    const record = { last: performance.now(), longest: 0 };
    const reader = new MediaStreamTrackProcessor({ track: track.clone() }).readable.getReader();
    const listen = async (): Promise<void> => {
      const { done, value } = await reader.read();
      if (done) return;
      const samples = new Float32Array(value.numberOfFrames);
      value.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
      value.close();
      if (samples.some((sample) => Math.abs(sample) > quiet)) {
        const now = performance.now();
        record.longest = Math.max(record.longest, now - record.last);
        record.last = now;
      }
      return listen();
    };
    void listen();
    return record;
  });
  return () => timing.evaluate(({ longest, last }) => Math.max(longest, performance.now() - last));
}
