import { Peer, type MediaConnection } from 'peerjs';
import { decodeJson } from '../../shared/protocol/decode.ts';
import type { JoinAnswer } from '../../shared/protocol/http.ts';
import type { Match } from '../../shared/protocol/lobby.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import { PeerMessageSchema, type PeerMessage } from '../../shared/protocol/peer.ts';
import type { PeerLink, PeerLinkListener, Timers } from '../call/ports.ts';
import { brokerPlace } from './brokerPlace.ts';
import { watchMediaArrival } from './mediaArrival.ts';

export interface PeerLinkSetup {
  /** Broker and relays as the last join answer named them. */
  place(): Pick<JoinAnswer, 'brokerUrl' | 'iceServers'>;
  /** One video and one audio track, open before any match; neutral ones where a device is missing. */
  localStream(): MediaStream;
  /** The partner's stream, and null once the call is over. */
  remoteStreamChanged(stream: MediaStream | null): void;
  readonly timers: Timers;
  readonly listener: PeerLinkListener;
}

/** PeerJS closes a call when the partner does; the lobby's word on why follows within this time. */
const CLOSE_GRACE_MS = 2_000;
const CLOSE_GRACE = 'peerCloseGrace';

/**
 * A call over PeerJS, which carries its first offer and answer; the only file that knows PeerJS.
 * Messages between the partners travel on the data channel that PeerJS opens with every call.
 */
export class PeerJsLink implements PeerLink {
  readonly #setup: PeerLinkSetup;
  #call: ActiveCall | null = null;

  constructor(setup: PeerLinkSetup) {
    this.#setup = setup;
  }

  open(match: Match): void {
    this.close();
    this.#call = new ActiveCall(match, this.#setup);
  }

  send(message: PeerMessage): void {
    this.#call?.send(message);
  }

  /** Goes on with this track in the place of the earlier one of its kind, without renegotiation. */
  replaceTrack(track: MediaStreamTrack): void {
    this.#call?.replaceTrack(track);
  }

  close(): void {
    this.#call?.close();
    this.#call = null;
  }
}

class ActiveCall {
  readonly #match: Match;
  readonly #setup: PeerLinkSetup;
  readonly #ending = new AbortController();
  readonly #peer: Peer;
  #connection: MediaConnection | null = null;
  #channel: RTCDataChannel | null = null;
  /** Said before the channel opened; a later report of the same kind replaces an earlier one. */
  #unsaid: PeerMessage | null = null;

  constructor(match: Match, setup: PeerLinkSetup) {
    this.#match = match;
    this.#setup = setup;
    const { brokerUrl, iceServers } = setup.place();
    this.#peer = new Peer(match.peerId, {
      ...brokerPlace(brokerUrl),
      token: match.brokerToken,
      pingInterval: LIMITS.pingIntervalMs,
      config: { iceServers, bundlePolicy: 'max-bundle' },
      debug: 0,
    });
    this.#listenToBroker();
  }

  send(message: PeerMessage): void {
    if (this.#channel?.readyState === 'open') this.#channel.send(JSON.stringify(message));
    else this.#unsaid = message;
  }

  close(): void {
    if (this.#ending.signal.aborted) return;
    this.#ending.abort();
    this.#setup.timers.disarm(CLOSE_GRACE);
    this.#connection?.close();
    this.#peer.destroy();
    this.#setup.remoteStreamChanged(null);
  }

  replaceTrack(track: MediaStreamTrack): void {
    const senders = this.#connection?.peerConnection.getSenders() ?? [];
    const sender = senders.find((one) => one.track?.kind === track.kind);
    void sender?.replaceTrack(track);
  }

  #listenToBroker(): void {
    const { role, partnerPeerId } = this.#match;
    if (role === 'caller') {
      holdUntilOpen(this.#peer);
      this.#take(this.#peer.call(partnerPeerId, this.#setup.localStream()));
    }
    this.#peer.on('call', (connection) => {
      if (role === 'caller' || connection.peer !== partnerPeerId || this.#connection) {
        connection.close();
        return;
      }
      connection.answer(this.#setup.localStream());
      this.#take(connection);
    });
    // Without a call the connect timeout speaks; with one the media does not need the broker.
    this.#peer.on('error', () => undefined);
  }

  #take(connection: MediaConnection): void {
    this.#connection = connection;
    const { signal } = this.#ending;
    connection.on('stream', (stream) => {
      if (!signal.aborted) this.#setup.remoteStreamChanged(stream);
    });
    connection.on('willCloseOnRemote', () => this.#channelOpened(connection.dataChannel));
    connection.on('close', () => this.#partnerClosed());
    connection.on('error', () => undefined);
    const { peerConnection } = connection;
    peerConnection.addEventListener(
      'connectionstatechange',
      () => {
        if (peerConnection.connectionState === 'failed') this.#failed();
      },
      { signal },
    );
    watchMediaArrival(peerConnection, signal, () => {
      this.#setup.listener.mediaArrived(this.#match);
    });
  }

  #channelOpened(channel: RTCDataChannel): void {
    this.#channel = channel;
    channel.addEventListener(
      'message',
      ({ data }) => {
        const decoded = decodeJson(PeerMessageSchema, String(data));
        // A partner that sends anything else is broken or hostile; what it says means nothing here.
        if (decoded.ok) this.#setup.listener.said(this.#match, decoded.value);
      },
      { signal: this.#ending.signal },
    );
    if (this.#unsaid) this.send(this.#unsaid);
  }

  #partnerClosed(): void {
    if (this.#ending.signal.aborted) return;
    this.#setup.timers.arm(CLOSE_GRACE, CLOSE_GRACE_MS, () => this.#failed());
  }

  #failed(): void {
    if (!this.#ending.signal.aborted) this.#setup.listener.failed(this.#match);
  }
}

/**
 * PeerJS loses what is sent before its socket to the broker is open. Held back instead, the offer is
 * made while the socket opens and not after it.
 */
function holdUntilOpen(peer: Peer): void {
  const { socket } = peer;
  const send = socket.send.bind(socket);
  const held: Parameters<typeof send>[0][] = [];
  socket.send = (message) => void held.push(message);
  peer.once('open', () => {
    socket.send = send;
    for (const message of held) send(message);
  });
}
