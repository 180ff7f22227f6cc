import type { Millis } from '../../shared/ids.ts';
import { decodeJson } from '../../shared/protocol/decode.ts';
import type { IceServer } from '../../shared/protocol/iceServer.ts';
import type { Match } from '../../shared/protocol/lobby.ts';
import { PeerMessageSchema, type PeerMessage } from '../../shared/protocol/peer.ts';
import type { Candidate, Signal } from '../../shared/protocol/signal.ts';
import type { RtcSample } from '../call/rtcSample.ts';
import { CandidateBatch } from './candidateBatch.ts';
import { watchMediaArrival } from './mediaArrival.ts';
import { Negotiation } from './negotiation.ts';
import type { OtherWay, PeerCall } from './peerCall.ts';
import type { PeerLinkSetup } from './peerLink.ts';
import { readRtcSample } from './rtcSample.ts';
import { planCodecs } from './sending/planCodecs.ts';
import { sendKeyframe } from './sendKeyframe.ts';

interface ActiveCallSetup extends PeerLinkSetup {
  readonly match: Match;
  readonly call: PeerCall;
  /** It was prepared, so its offer is made. */
  readonly dialled: boolean;
}

/** A partner who closes says why by the lobby, and that word follows within this time. */
const CLOSE_GRACE_MS: Millis = 2_000;
const CLOSE_GRACE = 'peerCloseGrace';

/**
 * One match's call, from the first description to the last. Messages between the partners travel on
 * the data channel that PeerJS opens with every call; its repair goes through the lobby.
 */
export class ActiveCall {
  readonly #setup: ActiveCallSetup;
  readonly #ending = new AbortController();
  readonly #candidates: CandidateBatch;
  #negotiation: Negotiation | null = null;
  #channel: RTCDataChannel | null = null;
  #stream: MediaStream | null = null;
  /** For the next restart; those of the connection may be too old by then. */
  #iceServers: readonly IceServer[];
  /** Said before the channel opened; a later report of the same kind replaces an earlier one. */
  #unsaid: readonly PeerMessage[] = [];

  constructor(setup: ActiveCallSetup) {
    this.#setup = setup;
    this.#iceServers = setup.match.iceServers;
    const say = (candidates: Candidate[]) =>
      setup.listener.signals(setup.match, { kind: 'candidates', candidates });
    this.#candidates = new CandidateBatch(setup.timers, say, this.#ending.signal);
    if (setup.match.role === 'callee') setup.call.setDialledAside();
    setup.call.listen({
      begun: (connection) => this.#begun(connection),
      stream: (stream) => this.#streamCame(stream),
      channel: (channel) => this.#unlessOver(() => this.#channelOpened(channel)),
      closed: () => this.#partnerClosed(),
    });
    this.#connect(setup);
  }

  get connection(): RTCPeerConnection | null {
    return this.#ending.signal.aborted ? null : this.#setup.call.connection;
  }

  send(message: PeerMessage): void {
    if (this.#channel?.readyState === 'open') this.#channel.send(JSON.stringify(message));
    else this.#unsaid = [...this.#unsaid.filter((one) => !replaces(message, one)), message];
  }

  hear(signal: Signal): void {
    if (signal.kind === 'offer' || signal.kind === 'restart') this.#refreshServers();
    if (signal.kind === 'answerAhead') this.#setup.call.hearAnswer(signal);
    else this.#negotiation?.hear('sdp' in signal ? this.#arranged(signal) : signal);
  }

  useIceServers(iceServers: readonly IceServer[]): void {
    this.#iceServers = iceServers;
  }

  restart(): void {
    this.#refreshServers();
    this.#negotiation?.restart();
  }

  sendKeyframe(): void {
    if (this.connection) sendKeyframe(this.connection);
  }

  async sample(): Promise<RtcSample | null> {
    return this.connection ? await readRtcSample(this.connection) : null;
  }

  close(): void {
    if (this.#ending.signal.aborted) return;
    this.#ending.abort();
    this.#setup.timers.disarm(CLOSE_GRACE);
    this.#setup.call.close();
    this.#setup.remoteStreamChanged(null);
  }

  #connect({ match, call, dialled, localStream, listener }: ActiveCallSetup): void {
    const { offer, partnerPeerId, codecs } = match;
    const arrange = (sdp: string) => planCodecs(sdp, codecs);
    const way: OtherWay = {
      answer: (answer) => listener.signals(match, answer),
      candidate: (candidate) => this.#candidates.add(candidate),
    };
    if (typeof offer !== 'string') {
      call.answerAhead(offer, localStream(), arrange, way);
      return this.hear({ kind: 'candidates', candidates: offer.candidates });
    }
    if (offer === 'taken') return call.meetWithOffer(way);
    if (match.role === 'callee') call.answerCalls(localStream(), arrange);
    else if (!dialled) call.dial(localStream(), arrange);
    call.meetOverBroker(partnerPeerId);
  }

  /** Browsers offer in their own order again; what is heard in the plan's is sent in the plan's. */
  #arranged<Description extends { readonly sdp: string }>(description: Description): Description {
    return { ...description, sdp: planCodecs(description.sdp, this.#setup.match.codecs) };
  }

  #begun(connection: RTCPeerConnection): void {
    const { match, timers, listener, began, flows } = this.#setup;
    const { signal } = this.#ending;
    const polite = match.role === 'callee';
    const say = (said: Signal) => listener.signals(match, said);
    const found = (candidate: Candidate) => this.#candidates.add(candidate);
    const negotiation = new Negotiation({ connection, polite, timers, say, found }, signal);
    this.#negotiation = negotiation;
    connection.addEventListener(
      'connectionstatechange',
      () => {
        if (connection.connectionState !== 'connected') return;
        negotiation.takeCandidates();
        this.#showStream();
      },
      { signal },
    );
    watchMediaArrival(connection, signal, (path) => {
      listener.mediaArrived(match, path);
      this.#setup.call.tidy();
      flows(match, signal);
    });
    began(connection, match, signal);
  }

  /** PeerJS tells of it before anything can arrive, and once for each track. */
  #streamCame(stream: MediaStream): void {
    this.#stream = stream;
    if (this.connection?.connectionState === 'connected') this.#showStream();
  }

  /** A player made before the connection stands would take the set-up's time. */
  #showStream(): void {
    const stream = this.#stream;
    if (stream) this.#unlessOver(() => this.#setup.remoteStreamChanged(stream));
  }

  /** What is gathered from now on is gathered with credentials that still hold. */
  #refreshServers(): void {
    const { connection } = this;
    const iceServers = this.#iceServers.map(({ urls, username, credential }) => ({
      urls: [...urls],
      ...(username === undefined ? {} : { username }),
      ...(credential === undefined ? {} : { credential }),
    }));
    connection?.setConfiguration({ ...connection.getConfiguration(), iceServers });
  }

  #channelOpened(channel: RTCDataChannel): void {
    this.#channel = channel;
    const { signal } = this.#ending;
    channel.addEventListener('message', ({ data }) => this.#hearPartner(data), { signal });
    channel.addEventListener('close', () => this.#partnerClosed(), { signal });
    for (const message of this.#unsaid) this.send(message);
    this.#unsaid = [];
  }

  /** A partner that sends anything else is broken or hostile; what it says means nothing here. */
  #hearPartner(data: unknown): void {
    const decoded = decodeJson(PeerMessageSchema, String(data));
    if (decoded.ok) this.#setup.listener.said(this.#setup.match, decoded.value);
  }

  /** No restart brings back a connection that the partner has closed. */
  #partnerClosed(): void {
    this.#unlessOver(() =>
      this.#setup.timers.arm(CLOSE_GRACE, CLOSE_GRACE_MS, () =>
        this.#unlessOver(() => this.#setup.listener.failed(this.#setup.match)),
      ),
    );
  }

  #unlessOver(act: () => void): void {
    if (!this.#ending.signal.aborted) act();
  }
}

/** Of two reports the later says it all; two lines of text are two. */
function replaces(message: PeerMessage, earlier: PeerMessage): boolean {
  return message.type === earlier.type && message.type !== 'chat';
}
