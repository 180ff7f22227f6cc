import { Peer, type MediaConnection } from 'peerjs';
import type { PeerId } from '../../shared/ids.ts';
import type { BrokerSeat } from '../../shared/protocol/lobby.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import type { Candidate, OfferAhead, Signal } from '../../shared/protocol/signal.ts';
import type { BrokerPlace } from './brokerPlace.ts';
import { PARTNER, PeerLine, type ArrangeSdp, type PeerJsMessage } from './peerLine.ts';

export interface PeerCallSetup {
  readonly seat: BrokerSeat;
  readonly broker: BrokerPlace;
  /** No address of this machine leaves it: relayed candidates alone. */
  readonly relayOnly: boolean;
}

export interface PeerCallListener {
  /** The connection is there: dialled, or answered. */
  begun(connection: RTCPeerConnection): void;
  stream(stream: MediaStream): void;
  channel(channel: RTCDataChannel): void;
  /** PeerJS has let the connection go because the partner did. */
  closed(): void;
}

export type AnswerAhead = Extract<Signal, { kind: 'answerAhead' }>;

/** Where PeerJS's words go when the broker does not carry them. */
export interface OtherWay {
  answer(answer: AnswerAhead): void;
  candidate(candidate: Candidate): void;
}

/**
 * One PeerJS peer and its one media connection, for one match. Dialled before there is a partner, the
 * offer waits here. With PeerLine the only file that knows PeerJS.
 */
export class PeerCall {
  readonly #setup: PeerCallSetup;
  readonly #peer: Peer;
  readonly #line: PeerLine;
  readonly #candidates: Candidate[] = [];
  #listener: PeerCallListener | null = null;
  #media: MediaConnection | null = null;
  #setAside: MediaConnection | null = null;
  #offer: { readonly connectionId: string; readonly sdp: string } | null = null;
  #offerMade: (() => void) | null = null;
  /** How many candidates the offer had when it was first handed out. */
  #handedOut: number | null = null;
  #over = false;

  constructor(setup: PeerCallSetup) {
    this.#setup = setup;
    const { seat, broker, relayOnly } = setup;
    this.#peer = new Peer(seat.peerId, {
      ...broker,
      token: seat.brokerToken,
      pingInterval: LIMITS.pingIntervalMs,
      config: {
        iceServers: seat.iceServers,
        iceTransportPolicy: relayOnly ? 'relay' : 'all',
        bundlePolicy: 'max-bundle',
      },
      debug: 0,
    });
    this.#line = new PeerLine(this.#peer, (message) => this.#note(message));
    // Without a call the connect timeout speaks; with one the media does not need the broker.
    this.#peer.on('error', () => undefined);
  }

  /** Whether this call can still be made: PeerJS ends what never reached its broker. */
  get usable(): boolean {
    return !this.#over && !this.#peer.destroyed;
  }

  get reachesBroker(): boolean {
    return !this.#peer.disconnected;
  }

  get connection(): RTCPeerConnection | null {
    return this.#media?.peerConnection ?? null;
  }

  get relayOnly(): boolean {
    return this.#setup.relayOnly;
  }

  get peerId(): PeerId {
    return this.#setup.seat.peerId;
  }

  /** Whoever takes the call over; what there is already is told at once. */
  listen(listener: PeerCallListener): void {
    this.#listener = listener;
    if (this.connection) listener.begun(this.connection);
  }

  /** Makes the offer, whoever will get it; `made` when it could be handed out, and when it grew. */
  dial(stream: MediaStream, arrange: ArrangeSdp, made: () => void = () => undefined): void {
    this.#offerMade = made;
    const media = this.#peer.call(PARTNER, stream, { sdpTransform: arrange });
    this.#take(media);
    media.peerConnection.addEventListener('icegatheringstatechange', () => {
      if (this.connection?.iceGatheringState === 'complete' && this.#offer) made();
    });
  }

  /** The offer with the candidates found so far; null before it is made. */
  offerAhead(): OfferAhead | null {
    if (this.#offer === null) return null;
    const candidates = this.#candidates.slice(0, LIMITS.candidatesTogether);
    this.#handedOut ??= candidates.length;
    return { ...this.#offer, candidates, relayOnly: this.#setup.relayOnly };
  }

  /** The partner is known, and is reached over the broker. */
  meetOverBroker(partner: PeerId): void {
    this.#line.useBroker(partner);
  }

  /** The partner has the offer, with the candidates that it had when it was first handed out. */
  meetWithOffer(way: OtherWay): void {
    this.#line.forget();
    for (const candidate of this.#candidates.slice(this.#handedOut ?? 0)) way.candidate(candidate);
    this.#line.useOtherWay((message) => sayElsewhere(message, way));
  }

  /** Answers the partner's offer with `stream`. */
  answerAhead(offer: OfferAhead, stream: MediaStream, arrange: ArrangeSdp, way: OtherWay): void {
    this.answerCalls(stream, arrange);
    this.#line.useOtherWay((message) => sayElsewhere(message, way));
    const { connectionId, sdp } = offer;
    const payload = { type: 'media', connectionId, sdp: { type: 'offer', sdp } };
    this.#line.hear({ type: 'OFFER', payload });
  }

  /** The partner is the one who calls: what was dialled is for nobody, until `tidy` ends it. */
  setDialledAside(): void {
    const media = this.#media;
    if (media) media.peerConnection.onicecandidate = null;
    this.#setAside = media;
    this.#media = null;
    this.#line.forget();
  }

  /** Ends what was set aside. To do so while a call is set up would keep it waiting. */
  tidy(): void {
    this.#setAside?.close();
    this.#setAside = null;
  }

  /** Whoever calls is the partner: the line lets nobody else through. */
  answerCalls(stream: MediaStream, arrange: ArrangeSdp): void {
    this.#line.arrangeOffers(arrange);
    this.#peer.on('call', (media) => {
      if (this.#media !== null) return media.close();
      media.answer(stream, { sdpTransform: arrange });
      this.#take(media);
    });
  }

  hearAnswer({ connectionId, sdp }: AnswerAhead): void {
    // An answer counts once, and only to the offer that was made here.
    if (this.connection?.signalingState !== 'have-local-offer') return;
    if (connectionId !== this.#offer?.connectionId) return;
    const payload = { type: 'media', connectionId, sdp: { type: 'answer', sdp } };
    this.#line.hear({ type: 'ANSWER', payload });
  }

  close(): void {
    this.#over = true;
    this.#drop();
    this.#peer.destroy();
  }

  #drop(): void {
    this.tidy();
    const media = this.#media;
    this.#media = null;
    media?.close();
  }

  #take(media: MediaConnection): void {
    this.#media = media;
    const mine = () => this.#media === media;
    media.on('stream', (stream) => {
      if (mine()) this.#listener?.stream(stream);
    });
    media.on('willCloseOnRemote', () => {
      const channel = media.dataChannel;
      // Closing with the channel is PeerJS's way; whether a call is over is decided elsewhere.
      channel.onclose = null;
      if (mine()) this.#listener?.channel(channel);
    });
    media.on('close', () => {
      if (mine()) this.#listener?.closed();
    });
    media.on('error', () => undefined);
    // PeerJS gives a connection up that a restart would bring back.
    media.peerConnection.oniceconnectionstatechange = null;
    this.#listener?.begun(media.peerConnection);
  }

  #note({ type, payload }: PeerJsMessage): void {
    if (type === 'OFFER') {
      const { connectionId, sdp } = payload as { connectionId: string; sdp: { sdp: string } };
      this.#offer = { connectionId, sdp: sdp.sdp };
      this.#offerMade?.();
    } else if (type === 'CANDIDATE') this.#candidates.push(candidateOf(payload));
  }
}

function candidateOf(payload: unknown): Candidate {
  const { candidate } = payload as { candidate: RTCIceCandidate };
  const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
  return { candidate: candidate.candidate, sdpMid, sdpMLineIndex, usernameFragment };
}

function sayElsewhere({ type, payload }: PeerJsMessage, way: OtherWay): void {
  if (type === 'CANDIDATE') way.candidate(candidateOf(payload));
  if (type !== 'ANSWER') return;
  const { connectionId, sdp } = payload as { connectionId: string; sdp: { sdp: string } };
  way.answer({ kind: 'answerAhead', connectionId, sdp: sdp.sdp });
}
