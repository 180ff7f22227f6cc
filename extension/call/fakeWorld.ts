import type {
  BrokerSeat,
  Match,
  Pairing,
  Presence,
  SeatView,
} from '../../shared/protocol/lobby.ts';
import { BASIC_CAPABILITIES } from '../../shared/codecs/capabilities.ts';
import type { MatchId, PeerId } from '../../shared/ids.ts';
import type { MediaPath } from '../../shared/protocol/fields.ts';
import type { IceServer } from '../../shared/protocol/iceServer.ts';
import type { OfferAhead, Signal } from '../../shared/protocol/signal.ts';
import type { Verdict } from './verdict.ts';
import type {
  LobbyLinkListener,
  LobbyMessage,
  LobbyRequest,
  PeerLinkListener,
  Sound,
  TryFailure,
} from './ports.ts';
import { FakeTimers } from './fakeTimers.ts';
import { Session } from './session.ts';
import type { PeerMessage } from '../../shared/protocol/peer.ts';
import type { Seat, SessionState } from './sessionState.ts';

export const BROKER_SEAT: BrokerSeat = {
  peerId: 'peerWaiting' as PeerId,
  brokerToken: 'token0123456789abcdef',
  iceServers: [],
};

const RUNNING: Pairing = { state: 'running' };

export const PRESENCE: Presence = { here: 3, waiting: 1 };

export function matchWith(partnerName: string, matchId = `match${partnerName}`): Match {
  return {
    matchId: matchId as MatchId,
    partnerName,
    partnerSeal: `sealOf${partnerName}0123456789`,
    role: 'caller',
    peerId: `peer${partnerName}own` as PeerId,
    brokerToken: 'token0123456789abcdef',
    iceServers: [],
    partnerPeerId: `peer${partnerName}` as PeerId,
    offer: 'none',
    codecs: { video: ['VP8'], redundantAudio: false },
    relayOnly: false,
    callMs: 120_000,
    moreMs: 120_000,
  };
}

/** A session with hand-written links: what it did is written down, what it hears is said here. */
export class FakeWorld {
  readonly timers = new FakeTimers();
  readonly sent: LobbyRequest[] = [];
  /** What this browser remembers of earlier visits, and of this one. */
  readonly blocks: string[] = [];
  readonly toldPeer: PeerMessage[] = [];
  readonly sounds: Sound[] = [];
  readonly session: Session;
  linkOpen = false;
  /** How often the link was asked for a sign of life. */
  proofs = 0;
  restarts = 0;
  keyframes = 0;
  preparedFor: PeerId | null = null;
  iceServers: readonly IceServer[] = [];
  readonly signalsHeard: Signal[] = [];
  peerOf: MatchId | null = null;
  #lobby: LobbyLinkListener | null = null;
  #peer: PeerLinkListener | null = null;
  #match: Match | null = null;

  constructor(signal: AbortSignal = new AbortController().signal) {
    this.session = new Session(
      {
        timers: this.timers,
        wishes: () => ({ capabilities: BASIC_CAPABILITIES, addressPrivacy: 'whenPossible' }),
        blocks: { keep: (seal) => this.blocks.push(seal), latest: () => this.blocks },
        chime: { play: (sound) => this.sounds.push(sound) },
        lobbyLink: (listener) => {
          this.#lobby = listener;
          return {
            open: () => (this.linkOpen = true),
            send: (message) => this.sent.push(message),
            prove: () => (this.proofs += 1),
            close: () => (this.linkOpen = false),
          };
        },
        peerLink: (listener) => {
          this.#peer = listener;
          return {
            prepare: ({ peerId }) => (this.preparedFor = peerId),
            hear: (signal) => this.signalsHeard.push(signal),
            useIceServers: (iceServers) => (this.iceServers = iceServers),
            restart: () => (this.restarts += 1),
            sendKeyframe: () => (this.keyframes += 1),
            open: (match) => {
              this.preparedFor = null;
              this.peerOf = match.matchId;
              this.#match = match;
            },
            send: (message) => this.toldPeer.push(message),
            close: () => {
              this.peerOf = null;
              this.preparedFor = null;
            },
          };
        },
      },
      () => undefined,
      signal,
    );
  }

  get state(): SessionState {
    return this.session.state;
  }

  get seat(): Seat {
    if (this.state.phase !== 'inside') throw new Error(`not inside but ${this.state.phase}`);
    return this.state.seat;
  }

  sentTypes(): string[] {
    return this.sent.map(({ type }) => type);
  }

  linkUp(seat: SeatView = { phase: 'idle' }, fresh = true, relayAvailable = false): void {
    this.#lobby?.up(
      { eventTitle: 'A talk', presence: PRESENCE, pairing: RUNNING, relayAvailable, seat },
      fresh,
    );
  }

  linkDown(): void {
    this.#lobby?.down();
  }

  linkFailed(attempt: number, why: TryFailure = 'noServer', againInMs = 1_000): void {
    this.#lobby?.failed(attempt, why, againInMs);
  }

  linkStopped(reason: Parameters<LobbyLinkListener['stopped']>[0]): void {
    this.#lobby?.stopped(reason);
  }

  lobbySays(message: LobbyMessage): void {
    this.#lobby?.message(message);
  }

  mediaArrives(match = this.#match, path: MediaPath | null = null): void {
    if (match) this.#peer?.mediaArrived(match, path);
  }

  peerFails(match = this.#match): void {
    if (match) this.#peer?.failed(match);
  }

  peerMakesOffer(peerId: PeerId, offer: OfferAhead): void {
    this.#peer?.offerMade(peerId, offer);
  }

  peerSignals(signal: Signal, match = this.#match): void {
    if (match) this.#peer?.signals(match, signal);
  }

  /** What the stall watch sees of the current call. */
  judge(verdict: Verdict, match = this.#match): void {
    if (match) this.session.handle({ type: 'judged', matchId: match.matchId, verdict });
  }

  peerSays(message: PeerMessage, match = this.#match): void {
    if (match) this.#peer?.said(match, message);
  }

  /** Into the lobby, ready and waiting. */
  wait(): this {
    this.session.handle({ type: 'joinPressed' });
    this.linkUp();
    this.session.handle({ type: 'readyPressed' });
    return this;
  }

  /** In a call whose time runs. */
  meet(partnerName: string, remainingMs = 120_000): Match {
    const match = matchWith(partnerName);
    this.lobbySays({ type: 'matched', match });
    this.mediaArrives();
    this.lobbySays({ type: 'live', matchId: match.matchId, remainingMs });
    return match;
  }
}
