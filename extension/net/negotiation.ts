import type { Candidate, Signal } from '../../shared/protocol/signal.ts';
import { assertNever } from '../../shared/assertNever.ts';
import type { Millis } from '../../shared/ids.ts';
import type { Timers } from '../call/ports.ts';
import { keepDtlsRole } from './sending/keepDtlsRole.ts';

interface NegotiationSetup {
  readonly connection: RTCPeerConnection;
  /** Asks for offers and makes none itself. */
  readonly polite: boolean;
  say(signal: Signal): void;
  /** A way to reach this side. */
  found(candidate: Candidate): void;
  readonly timers: Timers;
}

/** What a negotiation hears; the answer to an offer ahead belongs to the first one. */
export type LaterSignal = Exclude<Signal, { kind: 'answerAhead' }>;

/** Who asked for an offer and gets none asks once more: there and back, and the time to make it. */
const OFFER_WAIT_MS: Millis = 700;
const OFFER_WAIT = 'offerWait';
/** An offer this young is still on its way; asked again, it is said again. */
const YOUNG_OFFER_MS: Millis = 1_000;
/** More than any honest partner finds before the first description. */
const EARLY_MAX = 64;

/**
 * Everything after a call's first offer and answer: ICE restarts. One side offers and the polite one
 * asks it to. Were offers to cross, the polite one would have to take its own back (WebRTC, section
 * 10.7), and in Chromium 156 no picture and no sound comes out of a receiver after such a rollback.
 * Answers quote the round of their offer, so that one to an earlier offer is not taken for another's.
 */
export class Negotiation {
  readonly #setup: NegotiationSetup;
  #round = 0;
  #offeredAt: Millis = Number.NEGATIVE_INFINITY;
  #early: Candidate[] = [];
  #turn: Promise<void> = Promise.resolve();

  constructor(setup: NegotiationSetup, signal: AbortSignal) {
    this.#setup = setup;
    const addEarly = () => this.#queue(() => this.#addEarly());
    setup.connection.addEventListener('signalingstatechange', addEarly, { signal });
    signal.addEventListener('abort', () => setup.timers.disarm(OFFER_WAIT));
  }

  /** From now on this connection's candidates go to the partner from here. */
  takeCandidates(): void {
    const { connection, found } = this.#setup;
    connection.onicecandidate = ({ candidate }) => {
      if (!candidate?.candidate) return;
      const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
      found({ candidate: candidate.candidate, sdpMid, sdpMLineIndex, usernameFragment });
    };
  }

  /** Looks for a new path, with the partner. */
  restart(): void {
    const { polite, say, timers } = this.#setup;
    if (!polite) return this.#queue(() => this.#offer());
    say({ kind: 'restart' });
    timers.arm(OFFER_WAIT, OFFER_WAIT_MS, () => say({ kind: 'restart' }));
  }

  hear(signal: LaterSignal): void {
    this.#queue(() => this.#obey(signal));
  }

  /** One at a time; what a closed connection refuses means nothing any more. */
  #queue(work: () => Promise<void>): void {
    this.#turn = this.#turn.then(work).catch(() => undefined);
  }

  async #obey(signal: LaterSignal): Promise<void> {
    switch (signal.kind) {
      case 'offer':
        return this.#answer(signal);
      case 'answer':
        return this.#accept(signal);
      case 'candidates':
        return this.#addAll(signal.candidates);
      case 'restart':
        return this.#setup.polite ? undefined : this.#offer();
      default:
        return assertNever(signal);
    }
  }

  async #offer(): Promise<void> {
    const { connection, timers } = this.#setup;
    const unanswered = connection.signalingState === 'have-local-offer';
    if (!unanswered || timers.now() - this.#offeredAt > YOUNG_OFFER_MS) {
      // Nothing stands yet that could be negotiated anew.
      if (connection.currentRemoteDescription === null) return;
      this.#round += 1;
      this.#offeredAt = timers.now();
      connection.restartIce();
      await connection.setLocalDescription();
    }
    this.#sayOffer();
  }

  #sayOffer(): void {
    const { connection, say } = this.#setup;
    const { localDescription, currentLocalDescription, currentRemoteDescription } = connection;
    if (localDescription?.type !== 'offer') return;
    const sdp = keepDtlsRole(localDescription.sdp, {
      local: currentLocalDescription?.sdp ?? '',
      remote: currentRemoteDescription?.sdp ?? '',
    });
    say({ kind: 'offer', sdp, round: this.#round });
  }

  async #answer({ sdp, round }: Extract<Signal, { kind: 'offer' }>): Promise<void> {
    const { connection, polite, timers, say } = this.#setup;
    // Only this side offers: two that cross would force one of them back.
    if (!polite) return;
    timers.disarm(OFFER_WAIT);
    await connection.setRemoteDescription({ type: 'offer', sdp });
    await connection.setLocalDescription();
    const { localDescription } = connection;
    if (localDescription) say({ kind: 'answer', sdp: localDescription.sdp, round });
  }

  async #accept({ sdp, round }: Extract<Signal, { kind: 'answer' }>): Promise<void> {
    const { connection } = this.#setup;
    if (round !== this.#round || connection.signalingState !== 'have-local-offer') return;
    await connection.setRemoteDescription({ type: 'answer', sdp });
  }

  async #addAll(candidates: readonly Candidate[]): Promise<void> {
    const { connection } = this.#setup;
    if (connection.remoteDescription === null) {
      this.#early = [...this.#early, ...candidates].slice(-EARLY_MAX);
      return;
    }
    // Those of an offer that was not taken are refused, rightly.
    for (const candidate of candidates)
      await connection.addIceCandidate(candidate).catch(() => undefined);
  }

  async #addEarly(): Promise<void> {
    if (this.#setup.connection.remoteDescription === null) return;
    const early = this.#early;
    this.#early = [];
    await this.#addAll(early);
  }
}
