import type {
  BrokerSeat,
  ClientMessage,
  Match,
  Pairing,
  Presence,
  SeatView,
  ServerMessage,
} from '../../shared/protocol/lobby.ts';
import type { MediaPath } from '../../shared/protocol/fields.ts';
import type { IceServer } from '../../shared/protocol/iceServer.ts';
import type { PeerMessage } from '../../shared/protocol/peer.ts';
import type { OfferAhead, Signal } from '../../shared/protocol/signal.ts';
import type { Millis, PeerId } from '../../shared/ids.ts';

/**
 * What a session needs of the world. Adapters live in net/ and media/; hand-written fakes stand
 * beside the tests.
 */

/** Why a session is over until the person does something. */
export type StopReason =
  'lobbyClosed' | 'openElsewhere' | 'outdated' | 'refused' | 'notOpenYet' | 'tooMany' | 'left';

/** What a fresh or resumed seat is told first. */
export interface Welcome {
  readonly eventTitle: string;
  readonly presence: Presence;
  readonly pairing: Pairing;
  readonly relayAvailable: boolean;
  readonly seat: SeatView;
}

/** The messages a seated client receives: the others are the link's own business. */
export type LobbyMessage = Exclude<ServerMessage, { type: 'welcome' | 'pong' | 'replay' }>;

/** The messages a session sends; greetings and heartbeats are the link's own business. */
export type LobbyRequest = Exclude<ClientMessage, { type: 'hello' | 'resume' | 'ping' }>;

/** Camera and microphone as they leave this machine. */
export interface OwnMedia {
  readonly camera: boolean;
  readonly microphone: boolean;
}

/** One seat in one lobby, whatever happens to the sockets below. */
export interface LobbyLink {
  open(): void;
  /** Kept while the link is down, within bounds, and said when the same seat is back. */
  send(message: LobbyRequest): void;
  /** Asks for a sign of life now; a link that gives none is dead, and is resumed at once. */
  prove(): void;
  close(): void;
}

/** Nobody answered, or the server lets in no more from this network at the moment. */
export type TryFailure = 'noServer' | 'tooMany';

export interface LobbyLinkListener {
  up(welcome: Welcome, fresh: boolean): void;
  /** An established link broke; it is being resumed. */
  down(): void;
  /** A try to get in failed; the next follows by itself, after so long. */
  failed(attempt: number, why: TryFailure, againInMs: Millis): void;
  stopped(reason: StopReason): void;
  message(message: LobbyMessage): void;
}

/** One call at a time, peer to peer, and one prepared for whoever comes next. */
export interface PeerLink {
  /** Makes an offer for the next match; *offerMade* follows. */
  prepare(seat: BrokerSeat): void;
  /** Replaces whatever call there is. */
  open(match: Match): void;
  send(message: PeerMessage): void;
  /** What the partner's browser said through the lobby. */
  hear(signal: Signal): void;
  /** For the restarts to come: earlier credentials for relays end. */
  useIceServers(iceServers: readonly IceServer[]): void;
  /** Looks for a new path together with the partner (an ICE restart). */
  restart(): void;
  /** The partner needs a whole picture. */
  sendKeyframe(): void;
  /** Ends the call, and what was prepared. */
  close(): void;
}

export interface PeerLinkListener {
  /** For the broker seat of that id. May be said again, with more candidates. */
  offerMade(peerId: PeerId, offer: OfferAhead): void;
  /** To be handed to the partner through the lobby. */
  signals(match: Match, signal: Signal): void;
  /** The partner's media reaches this machine: a decoded frame, or sound where no picture is sent. */
  mediaArrived(match: Match, path: MediaPath | null): void;
  failed(match: Match): void;
  said(match: Match, message: PeerMessage): void;
}

/** Seals of those who were blocked last at this event, over all visits of this browser. */
export interface BlockMemory {
  keep(partnerSeal: string): void;
  latest(): readonly string[];
}

export interface Timers {
  /** Monotonic, ms. */
  now(): Millis;
  /** Replaces an armed timer of the same name. */
  arm(name: string, inMs: Millis, fire: () => void): void;
  disarm(name: string): void;
}

/** `company`: somebody came into a lobby where one was alone. `question`: are you there? */
export type Sound = 'company' | 'matched' | 'ending' | 'question';

export interface Chime {
  play(sound: Sound): void;
}
