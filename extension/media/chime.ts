import type { Chime, Sound } from '../call/ports.ts';

/** One note when somebody comes, two notes up when somebody is met, one low note when the time is nearly over; in Hz and s. */
const NOTES: Record<Sound, readonly { pitch: number; at: number }[]> = {
  company: [{ pitch: 523.25, at: 0 }],
  matched: [
    { pitch: 523.25, at: 0 },
    { pitch: 783.99, at: 0.14 },
  ],
  ending: [{ pitch: 392, at: 0 }],
};

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
  #context: AudioContext | null = null;

  /** `sinkId`: the chosen speaker, empty for the system's own. */
  constructor(sinkId: () => string) {
    this.#sinkId = sinkId;
  }

  play(sound: Sound): void {
    this.#context ??= new AudioContext();
    const context = this.#context;
    void this.#followSpeaker(context).then(() => {
      for (const { pitch, at } of NOTES[sound]) this.#note(context, pitch, at);
    });
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
