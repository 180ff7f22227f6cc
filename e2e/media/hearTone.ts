import type { Locator } from 'playwright-core';
import { findTone, type Tone } from './findTone.ts';

/** Chromium's, from the working draft of mediacapture-transform; not among TypeScript's own types. */
declare const MediaStreamTrackProcessor: new (init: { track: MediaStreamTrack }) => {
  readonly readable: ReadableStream<AudioData>;
};

/** Half a second spans two syllables of a fake microphone. */
const LISTEN_SECONDS = 0.5;
/** Quieter than this is silence: the fake microphones speak at about 0.2. */
const SILENCE = 0.005;

/**
 * Listens to a media element's stream and finds its tone; null when it is silent, or when the
 * element would not let a person hear it (paused, muted or turned down).
 */
export async function hearTone(media: Locator): Promise<Tone | null> {
  const heard = await media.evaluate(recordSound, LISTEN_SECONDS);
  if (heard === null) return null;
  const tone = findTone(heard.samples, heard.samplesPerSecond);
  return tone.level < SILENCE ? null : tone;
}

/** Runs in the page. Reads the track itself, so that no page needs the right to start an AudioContext. */
async function recordSound(element: Element, seconds: number) {
  if (!(element instanceof HTMLMediaElement)) throw new Error('This element plays no media.');
  if (element.paused || element.muted || element.volume === 0) return null;
  const stream = element.srcObject;
  const track = stream instanceof MediaStream ? stream.getAudioTracks()[0] : undefined;
  if (track === undefined || track.readyState === 'ended') return null;
  const copy = track.clone();
  const reader = new MediaStreamTrackProcessor({ track: copy }).readable.getReader();
  try {
    const samples: number[] = [];
    /** 12 kHz is plenty for tones below 1.4 kHz, and a quarter of the text to send. */
    const keepEvery = 4;
    let samplesPerSecond = 48_000;
    while (samples.length < (seconds * samplesPerSecond) / keepEvery) {
      const { done, value } = await reader.read();
      if (done) return null;
      samplesPerSecond = value.sampleRate;
      const plane = new Float32Array(value.numberOfFrames);
      value.copyTo(plane, { planeIndex: 0, format: 'f32-planar' });
      value.close();
      for (let index = 0; index < plane.length; index += keepEvery) samples.push(plane[index] ?? 0);
    }
    return { samples, samplesPerSecond: samplesPerSecond / keepEvery };
  } finally {
    await reader.cancel();
    copy.stop();
  }
}
