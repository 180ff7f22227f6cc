import type { Candidate } from '../../shared/protocol/signal.ts';
import { Negotiation, type LaterSignal } from '../../extension/net/negotiation.ts';
import { BrowserTimers } from '../../extension/net/browserTimers.ts';

/** What is seen of two connections after they have negotiated. */
export interface Negotiated {
  readonly states: readonly string[];
  /** Whether each side uses the other's present credentials. */
  readonly agree: boolean;
  /** How many credentials the first side has had, one for each restart that it took part in. */
  readonly generations: number;
  readonly echoed: boolean;
}

declare global {
  var negotiate: (plan: { restarts: number; lost: number; seed: number }) => Promise<Negotiated>;
}

const PATIENCE_MS = 15_000;

/** The same sequence for the same seed (Park–Miller). */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(holds: () => boolean): Promise<void> {
  for (const end = performance.now() + PATIENCE_MS; !holds(); await wait(20))
    if (performance.now() > end) return;
}

const fragment = (description: RTCSessionDescription | null) =>
  /^a=ice-ufrag:(\S+)/mu.exec(description?.sdp ?? '')?.[1];

/** Longer than anything that a negotiation still counts on. */
const MUCH_LATER_MS = 60_000;

/** The page's clock, which a test may set forward; what is armed fires when it would have. */
class ForwardTimers extends BrowserTimers {
  #aheadMs = 0;

  override now(): number {
    return super.now() + this.#aheadMs;
  }

  forward(ms: number): void {
    this.#aheadMs += ms;
  }
}

/** Two sides in this page, with a line that keeps order, takes a while and may lose signals. */
class Pair {
  readonly sides: readonly [RTCPeerConnection, RTCPeerConnection];
  readonly negotiations: readonly [Negotiation, Negotiation];
  readonly fragments = new Set<string>();
  readonly #chance: () => number;
  #line: Promise<unknown> = Promise.resolve();
  readonly timers = [new ForwardTimers(), new ForwardTimers()] as const;
  lost = 0;

  constructor(chance: () => number, signal: AbortSignal) {
    this.#chance = chance;
    this.sides = [new RTCPeerConnection(), new RTCPeerConnection()];
    this.negotiations = [this.#side(0, signal), this.#side(1, signal)];
    this.sides[0].addEventListener('signalingstatechange', () => {
      const current = fragment(this.sides[0].currentLocalDescription);
      if (current !== undefined) this.fragments.add(current);
    });
  }

  #side(index: 0 | 1, signal: AbortSignal): Negotiation {
    const timers = this.timers[index];
    const say = (said: Parameters<Negotiation['hear']>[0] | { kind: 'answerAhead' }) => {
      if (said.kind !== 'answerAhead') this.#carry(index === 0 ? 1 : 0, said);
    };
    const connection = this.sides[index];
    const found = (candidate: Candidate) => say({ kind: 'candidates', candidates: [candidate] });
    return new Negotiation({ connection, polite: index === 1, timers, say, found }, signal);
  }

  #carry(to: 0 | 1, said: LaterSignal): void {
    const gone = this.#chance() < this.lost;
    const delay = this.#chance() * 20;
    this.#line = this.#line
      .then(() => wait(delay))
      .then(() => (gone ? undefined : this.negotiations[to].hear(said)));
  }

  /** The first offer and answer, as PeerJS would make them. */
  async open(): Promise<[RTCDataChannel, RTCDataChannel]> {
    const [one, other] = this.sides;
    const mine = one.createDataChannel('echo');
    const theirs = new Promise<RTCDataChannel>((resolve) =>
      other.addEventListener('datachannel', ({ channel }) => resolve(channel), { once: true }),
    );
    one.onicecandidate = ({ candidate }) => void other.addIceCandidate(candidate ?? undefined);
    other.onicecandidate = ({ candidate }) => void one.addIceCandidate(candidate ?? undefined);
    await one.setLocalDescription();
    await other.setRemoteDescription(one.localDescription as RTCSessionDescription);
    await other.setLocalDescription();
    await one.setRemoteDescription(other.localDescription as RTCSessionDescription);
    const channel = await theirs;
    await until(() => mine.readyState === 'open' && channel.readyState === 'open');
    for (const negotiation of this.negotiations) negotiation.takeCandidates();
    return [mine, channel];
  }
}

globalThis.negotiate = async ({ restarts, lost, seed }) => {
  const ending = new AbortController();
  const chance = chanceFrom(seed);
  const pair = new Pair(chance, ending.signal);
  const [mine, theirs] = await pair.open();
  pair.lost = lost;
  for (let count = 0; count < restarts; count += 1) {
    if (chance() < 0.7) pair.negotiations[0].restart();
    if (chance() < 0.7) pair.negotiations[1].restart();
    await wait(chance() * 60);
  }
  // Old offers are no longer young, nothing is lost any more, and each side asks once again.
  for (const timers of pair.timers) timers.forward(MUCH_LATER_MS);
  pair.lost = 0;
  const [one, other] = pair.sides;
  const before = fragment(one.currentLocalDescription);
  pair.negotiations[1].restart();
  pair.negotiations[0].restart();
  const anew = () => fragment(one.currentLocalDescription) !== before;
  const agree = () =>
    fragment(one.currentLocalDescription) === fragment(other.currentRemoteDescription) &&
    fragment(other.currentLocalDescription) === fragment(one.currentRemoteDescription);
  const stable = () => pair.sides.every(({ signalingState }) => signalingState === 'stable');
  await until(() => anew() && stable() && agree() && one.iceConnectionState !== 'checking');
  let echoed = false;
  mine.addEventListener('message', () => (echoed = true));
  theirs.addEventListener('message', () => theirs.send('heard'));
  mine.send('hello');
  await until(() => echoed);
  const seen = {
    states: pair.sides.flatMap((side) => [side.signalingState, side.connectionState]),
    agree: agree(),
    generations: pair.fragments.size,
    echoed,
  };
  ending.abort();
  for (const side of pair.sides) side.close();
  return seen;
};
