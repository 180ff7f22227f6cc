import type { Millis } from '../../shared/ids.ts';

const LOOK_EVERY_MS: Millis = 100;
/** Speech into a headset peaks near this root mean square; it fills the meter. */
const LOUD = 0.25;

/** Reports the loudness of a microphone, from 0 to 1, until the signal. */
export function watchVolume(
  track: MediaStreamTrack,
  signal: AbortSignal,
  report: (level: number) => void,
): void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    report(Math.min(1, Math.sqrt(power) / LOUD));
  }, LOOK_EVERY_MS);
  signal.addEventListener('abort', () => {
    clearInterval(timer);
    void context.close();
  });
}
