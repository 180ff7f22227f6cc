import type { Millis } from '../../shared/ids.ts';
import type { Chime, Sound } from '../call/ports.ts';

/**
 * One note when somebody comes, two notes up when somebody is met, one low note when the time is
 * nearly over, one note twice for a question; in Hz and s.
 */
const NOTES: Record<Sound, readonly { pitch: number; at: number }[]> = {
  company: [{ pitch: 523.25, at: 0 }],
  matched: [
    { pitch: 523.25, at: 0 },
    { pitch: 783.99, at: 0.14 },
  ],
  ending: [{ pitch: 392, at: 0 }],
  question: [
    { pitch: 659.25, at: 0 },
    { pitch: 659.25, at: 0.22 },
  ],
};

/** Starting the speaker takes time that the set-up of a call needs: that sound comes with the stage. */
const AFTER_MS: Record<Sound, Millis> = { company: 0, matched: 300, ending: 0, question: 0 };
/** A speaker that runs and says nothing costs power; a cue often comes with another one. */
const IDLE_MS: Millis = 2_000;

const LENGTH_S = 0.5;
/** Clearly below speech: a cue, not an alarm. */
const LOUDNESS = 0.12;

/** Chromium's, of Web Audio 1.1; not among TypeScript's own types yet. */
interface SinkChooser {
  readonly sinkId: string;
  setSinkId(sinkId: string): Promise<void>;
}

/** Plays Foyer's few sounds, synthesised, so that no sound file has to be shipped. */
export class AudioChime implements Chime {
  readonly #sinkId: () => string;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #context: AudioContext | null = null;

  /** `sinkId`: the chosen speaker, empty for the system's own. */
  constructor(sinkId: () => string) {
    this.#sinkId = sinkId;
  }

  play(sound: Sound): void {
    setTimeout(() => void this.#play(sound), AFTER_MS[sound]);
  }

  async #play(sound: Sound): Promise<void> {
    clearTimeout(this.#silence);
    this.#context ??= new AudioContext();
    const context = this.#context;
    await this.#followSpeaker(context);
    // Refused until somebody has clicked in the panel; the notes wait for that.
    void context.resume().catch(() => undefined);
    for (const { pitch, at } of NOTES[sound]) this.#note(context, pitch, at);
    this.#silence = setTimeout(() => void context.suspend(), IDLE_MS);
  }

  /** Where the browser or the page forbids it, the system's own speaker plays. */
  async #followSpeaker(context: AudioContext): Promise<void> {
    const wanted = this.#sinkId();
    const chooser = context as Partial<SinkChooser>;
    if (!chooser.setSinkId || chooser.sinkId === wanted) return;
    await chooser.setSinkId(wanted).catch(() => undefined);
  }

  #note(context: AudioContext, pitch: number, at: number): void {
    const start = context.currentTime + at;
    const volume = context.createGain();
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, start + LENGTH_S);
    const tone = new OscillatorNode(context, { type: 'sine', frequency: pitch });
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + LENGTH_S);
  }
}
