import type { Millis } from '../../../shared/ids.ts';
import type { Timers } from '../../call/ports.ts';
import type { RungToApply } from './applyRung.ts';
import { rungOf, startLadder, stepLadder, type Ladder } from './sendingLadder.ts';
import type { SendingSample } from './sendingSample.ts';

export interface GovernedSending {
  /** Null while there is nothing to read: the connection is being made, or is gone. */
  sample(): Promise<SendingSample | null>;
  /** Resolves when the senders have taken it, or cannot. */
  apply(apply: RungToApply): Promise<void>;
  /** Told when the picture gives way to the sound, and when it is back. */
  pictureHeld(held: boolean): void;
  readonly timers: Timers;
}

const TIMER = 'sendingGovernor';
/** A way that narrows is noticed within this time, before its queue is seconds long. */
const LOOK_EVERY_MS: Millis = 500;
/** Sound alone comes 50 times a second; a full queue may hold it back for one look, not for two. */
const OUTAGE_LOOKS = 2;

/**
 * Keeps what is sent within what the way carries and the machine can do, until `signal` aborts.
 * Looking and setting take turns, so that no two settings cross. One call at a time.
 */
export class SendingGovernor {
  readonly #sending: GovernedSending;
  readonly #signal: AbortSignal;
  #ladder: Ladder | null = null;
  #bytesReceived = 0;
  #silentLooks = 0;
  #applied: RungToApply | null = null;

  constructor(sending: GovernedSending, signal: AbortSignal) {
    this.#sending = sending;
    this.#signal = signal;
    if (signal.aborted) return;
    signal.addEventListener('abort', () => sending.timers.disarm(TIMER), { once: true });
    void this.#look();
  }

  async #look(): Promise<void> {
    const sample = await this.#sending.sample().catch(() => null);
    if (this.#signal.aborted) return;
    if (sample !== null && this.#hears(sample)) await this.#take(sample);
    if (this.#signal.aborted) return;
    this.#sending.timers.arm(TIMER, LOOK_EVERY_MS, () => void this.#look());
  }

  /**
   * In an outage the browser's estimate falls to nothing, because no report comes. That is no narrow
   * way: nothing is changed meanwhile, and after it the ladder begins anew, with the whole picture.
   */
  #hears({ bytesReceived }: SendingSample): boolean {
    const hears = bytesReceived !== this.#bytesReceived;
    this.#bytesReceived = bytesReceived;
    this.#silentLooks = hears ? 0 : this.#silentLooks + 1;
    if (this.#silentLooks >= OUTAGE_LOOKS) this.#ladder = null;
    return hears;
  }

  async #take(sample: SendingSample): Promise<void> {
    const before = this.#ladder ?? startLadder(sample.at);
    const ladder = stepLadder(before, sample);
    this.#ladder = ladder;
    const rung = rungOf(ladder);
    const climbs = ladder.step < before.step || ladder.strain < before.strain;
    const { sourceLines } = sample;
    const held = rung.video === null;
    if (held !== (this.#applied?.rung.video === null)) this.#sending.pictureHeld(held);
    const next: RungToApply = { rung, sourceLines, unbound: climbs };
    if (isSame(this.#applied, next)) return;
    this.#applied = next;
    await this.#sending.apply(next);
  }
}

function isSame(one: RungToApply | null, other: RungToApply): boolean {
  return one !== null && JSON.stringify(one) === JSON.stringify(other);
}
