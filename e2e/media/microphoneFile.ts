import type { Person } from './person.ts';

const SAMPLES_PER_SECOND = 48_000;
const SECONDS = 2;
/** Syllables, because a browser's noise suppression takes an unbroken tone away as hum. */
const SYLLABLES_PER_SECOND = 4;

/** A WAV loop (16 bit, mono) for Chromium's `--use-file-for-fake-audio-capture`. */
export function microphoneFile(person: Person): Buffer {
  const samples = SAMPLES_PER_SECOND * SECONDS;
  const file = Buffer.alloc(44 + samples * 2);
  writeHeader(file, samples * 2);
  for (let index = 0; index < samples; index += 1) {
    const value = sound(person.toneHz, index / SAMPLES_PER_SECOND);
    file.writeInt16LE(Math.round(value * 32_767), 44 + index * 2);
  }
  return file;
}

/** The tone and a weaker octave, swelling and falling silent like speech. */
function sound(toneHz: number, seconds: number): number {
  const swell = Math.max(0, Math.sin(2 * Math.PI * SYLLABLES_PER_SECOND * seconds) + 0.5) / 1.5;
  const phase = 2 * Math.PI * toneHz * seconds;
  return swell * (0.4 * Math.sin(phase) + 0.1 * Math.sin(2 * phase));
}

function writeHeader(file: Buffer, dataBytes: number): void {
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(36 + dataBytes, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(SAMPLES_PER_SECOND, 24);
  file.writeUInt32LE(SAMPLES_PER_SECOND * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(dataBytes, 40);
}
