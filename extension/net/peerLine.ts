import type { Peer } from 'peerjs';
import type { PeerId } from '../../shared/ids.ts';

/** PeerJS's own messages, as far as a call needs them. */
export interface PeerJsMessage {
  readonly type: string;
  readonly src?: string;
  readonly dst?: string;
  readonly payload?: unknown;
}

/** What the partner is called inside PeerJS, which wants a name before there is a partner. */
export const PARTNER = 'partner';

/** Edits a description. */
export type ArrangeSdp = (sdp: string) => string;

type Carrier =
  /** Nobody is met yet, or the socket is not open. */
  | { readonly at: 'holding' }
  | { readonly at: 'broker'; readonly partner: PeerId }
  | { readonly at: 'elsewhere'; readonly carry: (message: PeerJsMessage) => void };

/**
 * PeerJS's line to its broker. It loses what is said before its socket is open; here it is kept until
 * then, and until it is known who the partner is and which way the messages go.
 */
export class PeerLine {
  readonly #peer: Peer;
  readonly #send: (message: PeerJsMessage) => void;
  readonly #deliver: (message: PeerJsMessage) => void;
  #held: PeerJsMessage[] = [];
  #carrier: Carrier = { at: 'holding' };
  #arrange: ArrangeSdp = (sdp) => sdp;

  /** `said` hears every message as soon as PeerJS says it. */
  constructor(peer: Peer, said: (message: PeerJsMessage) => void) {
    const { socket } = peer;
    const emit = socket.emit.bind(socket);
    this.#peer = peer;
    this.#send = socket.send.bind(socket);
    this.#deliver = (message) => void emit('message', message);
    socket.send = (message: PeerJsMessage) => {
      said(message);
      this.#held.push(message);
      this.#flush();
    };
    socket.emit = (event, ...given) => {
      const [message] = given as [PeerJsMessage?];
      if (event !== 'message' || message?.src === undefined) return emit(event, ...given);
      // A stranger's message ends here; the broker lets none through either.
      if (this.#carrier.at === 'broker' && message.src === this.#carrier.partner)
        this.hear(message);
      return true;
    };
    peer.on('open', () => this.#flush());
  }

  /** From now on the broker carries all between the two. */
  useBroker(partner: PeerId): void {
    this.#carrier = { at: 'broker', partner };
    this.#flush();
  }

  /** From now on `carry` takes what PeerJS says, and first what it said before. */
  useOtherWay(carry: (message: PeerJsMessage) => void): void {
    this.#carrier = { at: 'elsewhere', carry };
    this.#flush();
  }

  /** What was said before is not meant for the partner who came. */
  forget(): void {
    this.#held = [];
  }

  /** Offers heard from now on are edited before PeerJS reads them: the answer follows their order. */
  arrangeOffers(arrange: ArrangeSdp): void {
    this.#arrange = arrange;
  }

  /** Hands PeerJS a message as if its partner had sent it. */
  hear(message: PeerJsMessage): void {
    this.#deliver({ ...this.#arranged(message), src: PARTNER });
  }

  #arranged(message: PeerJsMessage): PeerJsMessage {
    const { sdp, ...payload } = (message.payload ?? {}) as { sdp?: { sdp?: unknown } };
    if (message.type !== 'OFFER' || typeof sdp?.sdp !== 'string') return message;
    return { ...message, payload: { ...payload, sdp: { ...sdp, sdp: this.#arrange(sdp.sdp) } } };
  }

  #flush(): void {
    const carrier = this.#carrier;
    if (carrier.at === 'holding' || (carrier.at === 'broker' && !this.#peer.open)) return;
    const held = this.#held;
    this.#held = [];
    for (const message of held) {
      if (carrier.at === 'elsewhere') carrier.carry(message);
      else this.#send({ ...message, dst: carrier.partner });
    }
  }
}
