import { Peer, type MediaConnection } from 'peerjs';
import type { PeerId } from '../../shared/ids.ts';
import type { JoinAnswer } from '../../shared/protocol/http.ts';
import type { BrokerSeat } from '../../shared/protocol/lobby.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import type { Candidate, OfferAhead, Signal } from '../../shared/protocol/signal.ts';
import type { BrokerPlace } from './brokerPlace.ts';
import { PARTNER, PeerLine, type PeerJsMessage } from './peerLine.ts';

export interface PeerCallSetup {
  readonly seat: BrokerSeat;
  readonly broker: BrokerPlace;
  readonly iceServers: JoinAnswer['iceServers'];
  /** No address of this machine leaves it: relayed candidates alone. */
  readonly relayOnly: boolean;
}

/** Edits a description that PeerJS has made. */
export type ArrangeSdp = (sdp: string) => string;

export interface PeerCallListener {
  /** The connection is there: dialled, or answered. */
  begun(connection: RTCPeerConnection): void;
  stream(stream: MediaStream): void;
  channel(channel: RTCDataChannel): void;
  /** PeerJS has let the connection go because the partner did. */
  closed(): void;
}

type AheadSignal = Extract<Signal, { kind: 'answerAhead' | 'candidate' }>;

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
  #offer: { readonly connectionId: string; readonly sdp: string } | null = null;
  #offerMade: (() => void) | null = null;
  #over = false;

  constructor(setup: PeerCallSetup) {
    this.#setup = setup;
    const { seat, broker, iceServers, relayOnly } = setup;
    this.#peer = new Peer(seat.peerId, {
      ...broker,
      token: seat.brokerToken,
      pingInterval: LIMITS.pingIntervalMs,
      config: {
        iceServers,
        iceTransportPolicy: relayOnly ? 'relay' : 'all',
        bundlePolicy: 'max-bundle',
      },
      debug: 0,
    });
    this.#line = new PeerLine(this.#peer, (message) => this.#note(message));
    // Without a call the connect timeout speaks; with one the media does not need the broker.
    this.#peer.on('error', () => undefined);
  }

  /** Peers that lost their broker for good cannot be used for another call. */
  get usable(): boolean {
    return !this.#over && !this.#peer.destroyed && !this.#peer.disconnected;
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
    const candidates = this.#candidates.slice(0, LIMITS.candidatesAhead);
    return { ...this.#offer, candidates, relayOnly: this.#setup.relayOnly };
  }

  /** The partner is known, and is reached over the broker. */
  meetOverBroker(partner: PeerId): void {
    this.#line.useBroker(partner);
  }

  /** The partner has the offer; the rest goes through `say`. */
  meetWithOffer(say: (signal: AheadSignal) => void): void {
    this.#line.useOtherWay((message) => sayAhead(message, say));
  }

  /** Answers the partner's offer with `stream`; the answer goes through `say`. */
  answerAhead(
    offer: OfferAhead,
    stream: MediaStream,
    arrange: ArrangeSdp,
    say: (signal: AheadSignal) => void,
  ): void {
    this.answerCalls(stream, arrange);
    this.#line.useOtherWay((message) => sayAhead(message, say));
    const { connectionId, sdp } = offer;
    const payload = { type: 'media', connectionId, sdp: { type: 'offer', sdp } };
    this.#line.hear({ type: 'OFFER', payload });
  }

  /** The partner is the one who calls: what was dialled is for nobody. */
  dropDialled(): void {
    this.#drop();
    this.#line.forget();
  }

  /** Whoever calls is the partner: the line lets nobody else through. */
  answerCalls(stream: MediaStream, arrange: ArrangeSdp): void {
    this.#peer.on('call', (media) => {
      if (this.#media !== null) return media.close();
      media.answer(stream, { sdpTransform: arrange });
      this.#take(media);
    });
  }

  hearAnswer({ connectionId, sdp }: Extract<Signal, { kind: 'answerAhead' }>): void {
    const payload = { type: 'media', connectionId, sdp: { type: 'answer', sdp } };
    this.#line.hear({ type: 'ANSWER', payload });
  }

  close(): void {
    this.#over = true;
    this.#drop();
    this.#peer.destroy();
  }

  #drop(): void {
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

function sayAhead({ type, payload }: PeerJsMessage, say: (signal: AheadSignal) => void): void {
  if (type === 'CANDIDATE') say({ kind: 'candidate', candidate: candidateOf(payload) });
  if (type !== 'ANSWER') return;
  const { connectionId, sdp } = payload as { connectionId: string; sdp: { sdp: string } };
  say({ kind: 'answerAhead', connectionId, sdp: sdp.sdp });
}
