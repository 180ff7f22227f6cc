import { fail, ok, type Result } from '../../shared/result.ts';
import type { Millis } from '../../shared/ids.ts';
import { playThrough } from './playThrough.ts';

/** Long enough for a sentence, short enough to do it twice. */
const RECORD_MS: Millis = 3_000;

/**
 * Records what a microphone hears for three seconds, then plays it through a speaker: what a partner
 * would hear. The recording lives in this frame's memory, is never sent, and is gone afterwards.
 *
 * @param playing hears when the recording is done and its playback begins
 */
export async function recordAndPlay(
  track: MediaStreamTrack,
  sinkId: string,
  signal: AbortSignal,
  playing: () => void,
): Promise<Result<null, 'failed'>> {
  const recorded = await record(track, signal);
  if (signal.aborted) return ok(null);
  if (!recorded || recorded.size === 0) return fail('failed');
  playing();
  const url = URL.createObjectURL(recorded);
  const played = await playThrough(new Audio(url), sinkId, signal);
  URL.revokeObjectURL(url);
  return played ? ok(null) : fail('failed');
}

/** Null where the browser cannot record this track. */
async function record(track: MediaStreamTrack, signal: AbortSignal): Promise<Blob | null> {
  try {
    const recorder = new MediaRecorder(new MediaStream([track]));
    const parts: Blob[] = [];
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
    const stopped = new Promise<void>((resolve, reject) => {
      recorder.addEventListener('stop', () => resolve());
      recorder.addEventListener('error', reject);
    });
    const stop = () => {
      if (recorder.state !== 'inactive') recorder.stop();
    };
    recorder.start();
    const timer = setTimeout(stop, RECORD_MS);
    signal.addEventListener('abort', stop);
    await stopped;
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    return new Blob(parts, { type: recorder.mimeType });
  } catch {
    return null;
  }
}
