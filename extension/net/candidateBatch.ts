import type { Millis } from '../../shared/ids.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import type { Candidate } from '../../shared/protocol/signal.ts';
import type { Timers } from '../call/ports.ts';

/** A machine finds its own addresses within this time; a partner does not wait for one of them. */
const MOMENT_MS: Millis = 20;
const TIMER = 'candidateBatch';

/**
 * Candidates come in bursts, one for each address, family and relay. What is found within a moment
 * goes out together, so that a machine with many addresses does not look like somebody who floods.
 */
export class CandidateBatch {
  readonly #timers: Timers;
  readonly #say: (candidates: Candidate[]) => void;
  #found: Candidate[] = [];

  constructor(timers: Timers, say: (candidates: Candidate[]) => void, signal: AbortSignal) {
    this.#timers = timers;
    this.#say = say;
    signal.addEventListener('abort', () => timers.disarm(TIMER));
  }

  add(candidate: Candidate): void {
    this.#found.push(candidate);
    if (this.#found.length >= LIMITS.candidatesTogether) this.#flush();
    else this.#timers.arm(TIMER, MOMENT_MS, () => this.#flush());
  }

  #flush(): void {
    this.#timers.disarm(TIMER);
    const found = this.#found;
    this.#found = [];
    if (found.length > 0) this.#say(found);
  }
}
