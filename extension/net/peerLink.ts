import type { JoinAnswer } from '../../shared/protocol/http.ts';
import { hasRelay, type IceServer } from '../../shared/protocol/iceServer.ts';
import type { BrokerSeat, Match } from '../../shared/protocol/lobby.ts';
import type { PeerMessage } from '../../shared/protocol/peer.ts';
import type { Signal } from '../../shared/protocol/signal.ts';
import type { AddressPrivacy } from '../../shared/protocol/wishes.ts';
import type { PeerLink, PeerLinkListener, Timers } from '../call/ports.ts';
import type { RtcSample } from '../call/rtcSample.ts';
import { ActiveCall } from './activeCall.ts';
import { brokerPlace } from './brokerPlace.ts';
import { PeerCall } from './peerCall.ts';
import { ownRelayRule } from './relayOnly/ownRelayRule.ts';
import { replaceTrackOf } from './replaceTrackOf.ts';

/** What the last join answer said of the way to partners. */
export type PeerPlace = Pick<JoinAnswer, 'brokerUrl' | 'relayOnly'>;

export interface PeerLinkSetup {
  place(): PeerPlace;
  addressPrivacy(): AddressPrivacy;
  /** One video and one audio track, open before any match; neutral ones where a device is missing. */
  localStream(): MediaStream;
  /** The partner's stream, and null once the call is over. */
  remoteStreamChanged(stream: MediaStream | null): void;
  /** A call's connection, until the signal: for those who tune what it sends. */
  began(connection: RTCPeerConnection, match: Match, signal: AbortSignal): void;
  /** The partner's media has come: for those who watch that it stays. */
  flows(match: Match, signal: AbortSignal): void;
  readonly timers: Timers;
  readonly listener: PeerLinkListener;
}

/** The first candidates come within this time of the offer; later ones follow after the match. */
const GATHER_MS = 100;
const GATHER = 'offerAhead';

/** Calls over PeerJS: at most one that runs, and one prepared for whoever comes next. */
export class PeerJsLink implements PeerLink {
  readonly #setup: PeerLinkSetup;
  #prepared: PeerCall | null = null;
  #call: ActiveCall | null = null;

  constructor(setup: PeerLinkSetup) {
    this.#setup = setup;
  }

  /**
   * Dials before there is a partner: all that takes time is done when the match comes. The lobby asks
   * for it again before routers forget its addresses and relays its credentials.
   */
  prepare(seat: BrokerSeat): void {
    this.#dropPrepared();
    const { timers, listener, localStream } = this.#setup;
    const call = this.#newCall(seat, this.#hidesAddresses(seat));
    this.#prepared = call;
    const tell = () => {
      const offer = this.#prepared === call ? call.offerAhead() : null;
      if (offer) listener.offerMade(seat.peerId, offer);
    };
    call.dial(localStream(), withoutPlan, () => timers.arm(GATHER, GATHER_MS, tell));
  }

  open(match: Match): void {
    this.#endCall();
    const prepared = this.#takePrepared(match);
    const dialled = prepared !== null;
    const call = prepared ?? this.#newCall(match, match.relayOnly);
    this.#call = new ActiveCall({ match, call, dialled, ...this.#setup });
  }

  send(message: PeerMessage): void {
    this.#call?.send(message);
  }

  hear(signal: Signal): void {
    this.#call?.hear(signal);
  }

  useIceServers(iceServers: readonly IceServer[]): void {
    this.#call?.useIceServers(iceServers);
  }

  restart(): void {
    this.#call?.restart();
  }

  sendKeyframe(): void {
    this.#call?.sendKeyframe();
  }

  async sample(): Promise<RtcSample | null> {
    return (await this.#call?.sample()) ?? null;
  }

  /** Goes on with this track in the place of the earlier one of its kind, without renegotiation. */
  replaceTrack(track: MediaStreamTrack): void {
    replaceTrackOf(this.#prepared?.connection, track);
    replaceTrackOf(this.#call?.connection, track);
  }

  close(): void {
    this.#endCall();
    this.#dropPrepared();
  }

  #endCall(): void {
    this.#call?.close();
    this.#call = null;
  }

  #dropPrepared(): void {
    this.#setup.timers.disarm(GATHER);
    this.#prepared?.close();
    this.#prepared = null;
  }

  #newCall(seat: BrokerSeat, relayOnly: boolean): PeerCall {
    const { brokerUrl } = this.#setup.place();
    const { peerId, brokerToken, iceServers } = seat;
    return new PeerCall({
      seat: { peerId, brokerToken, iceServers },
      broker: brokerPlace(brokerUrl),
      relayOnly,
    });
  }

  /** What was prepared for this match; anything else is let go. */
  #takePrepared({ peerId, relayOnly, offer }: Match): PeerCall | null {
    const prepared = this.#prepared;
    this.#setup.timers.disarm(GATHER);
    const fits = prepared?.peerId === peerId && prepared.relayOnly === relayOnly;
    if (fits && prepared.usable && (offer === 'taken' || prepared.reachesBroker)) {
      this.#prepared = null;
      return prepared;
    }
    this.#dropPrepared();
    return null;
  }

  /** As things stand before the partner is known. */
  #hidesAddresses({ iceServers }: BrokerSeat): boolean {
    const { place, addressPrivacy } = this.#setup;
    return ownRelayRule(addressPrivacy(), hasRelay(iceServers), place()) !== 'direct';
  }
}

/** Before the partner is known there is no order of codecs to agree on; the answer brings it. */
function withoutPlan(sdp: string): string {
  return sdp;
}
