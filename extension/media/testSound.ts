import { fail, ok, type Result } from '../../shared/result.ts';
import { playThrough } from './playThrough.ts';

/** Four steps up, as everybody knows a doorbell from; Hz. */
const NOTES = [392, 493.88, 587.33, 783.99];
const NOTE_S = 0.3;
/** Lets the last note fade. */
const TAIL_S = 0.3;
const LOUDNESS = 0.25;
const SAMPLE_RATE = 24_000;

/** Plays a short tune through a speaker; resolves when it is over. */
export async function playTestSound(
  sinkId: string,
  signal: AbortSignal,
): Promise<Result<null, 'failed'>> {
  const url = URL.createObjectURL(new Blob([waveFile(tune())], { type: 'audio/wav' }));
  const played = await playThrough(new Audio(url), sinkId, signal);
  URL.revokeObjectURL(url);
  return played ? ok(null) : fail('failed');
}

/** Samples from -1 to 1; each note rises at once and dies away. */
function tune(): Float32Array {
  const samples = new Float32Array(SAMPLE_RATE * (NOTES.length * NOTE_S + TAIL_S));
  NOTES.forEach((pitch, index) => {
    const start = index * NOTE_S * SAMPLE_RATE;
    for (let at = 0; start + at < samples.length; at += 1) {
      const time = at / SAMPLE_RATE;
      const swell = Math.min(1, time / 0.01) * Math.exp(-time * 6);
      const before = samples[start + at] ?? 0;
      samples[start + at] = before + swell * Math.sin(2 * Math.PI * pitch * time) * LOUDNESS;
    }
  });
  return samples;
}

/** A RIFF file of one channel of 16-bit samples: an element plays it through any speaker. */
function waveFile(samples: Float32Array): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(44 + samples.length * 2));
  const text = (at: number, word: string) =>
    [...word].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
  text(0, 'RIFF');
  view.setUint32(4, 36 + samples.length * 2, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, SAMPLE_RATE, true);
  view.setUint32(28, SAMPLE_RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, index) =>
    view.setInt16(44 + index * 2, Math.max(-1, Math.min(1, sample)) * 0x7fff, true),
  );
  return view.buffer;
}
