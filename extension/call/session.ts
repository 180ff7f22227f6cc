import { assertNever } from '../../shared/assertNever.ts';
import type { Match } from '../../shared/protocol/lobby.ts';
import type { Wishes } from '../../shared/protocol/wishes.ts';
import type {
  BlockMemory,
  Chime,
  LobbyLink,
  LobbyLinkListener,
  OwnMedia,
  PeerLink,
  PeerLinkListener,
  Timers,
} from './ports.ts';
import type { SaidMedia, SessionEffect } from './sessionEffect.ts';
import type { SessionEvent, TimerName } from './sessionEvent.ts';
import type { SessionState } from './sessionState.ts';
import { transition } from './transition.ts';

/** The links are made by the session's owner and report to the listeners it is given here. */
export interface SessionPorts {
  lobbyLink(listener: LobbyLinkListener): LobbyLink;
  peerLink(listener: PeerLinkListener): PeerLink;
  readonly timers: Timers;
  readonly chime: Chime;
  readonly blocks: BlockMemory;
  /** Known at any time; nothing waits for it. */
  wishes(): Wishes;
}

const TIMERS: readonly TimerName[] = ['callClock', 'connect', 'nextMatch', 'repair'];

/** Runs transitions one at a time and performs what they ask for through the ports. */
export class Session {
  #state: SessionState = { phase: 'outside' };
  #ownMedia: OwnMedia = { camera: false, microphone: false };
  /** Counts up over the whole visit, so over each match as well. */
  #mediaSequence = 0;
  readonly #ports: SessionPorts;
  readonly #lobby: LobbyLink;
  readonly #peer: PeerLink;
  readonly #watch: (state: SessionState) => void;

  /** `watch` hears every new state; on the signal everything the session started stops. */
  constructor(ports: SessionPorts, watch: (state: SessionState) => void, signal: AbortSignal) {
    this.#ports = ports;
    this.#watch = watch;
    this.#lobby = ports.lobbyLink(this.#lobbyListener());
    this.#peer = ports.peerLink(this.#peerListener());
    signal.addEventListener('abort', () => {
      this.#stop();
    });
  }

  get state(): SessionState {
    return this.#state;
  }

  handle(event: SessionEvent): void {
    if (event.type === 'ownMediaChanged') {
      const { camera, microphone } = this.#ownMedia;
      if (event.media.camera === camera && event.media.microphone === microphone) return;
      this.#ownMedia = event.media;
    }
    const moment = { now: this.#ports.timers.now(), ownMedia: this.#ownMedia };
    const step = transition(this.#state, event, moment);
    const changed = step.state !== this.#state;
    this.#state = step.state;
    for (const effect of step.effects) this.#perform(effect);
    if (changed) this.#watch(this.#state);
  }

  #perform(effect: SessionEffect): void {
    switch (effect.type) {
      case 'openLink':
        return this.#lobby.open();
      case 'closeLink':
        return this.#lobby.close();
      case 'send':
        return this.#lobby.send(effect.message);
      case 'block':
        this.#ports.blocks.keep(effect.partnerSeal);
        return this.#lobby.send(effect);
      case 'blockAgain':
        return this.#blockAgain();
      case 'sayReady':
        return this.#lobby.send({
          type: 'ready',
          wishes: this.#ports.wishes(),
          ...(effect.automatic ? { automatic: true } : {}),
        });
      case 'proveLink':
        return this.#lobby.prove();
      case 'preparePeer':
        return this.#peer.prepare(effect.broker);
      case 'hearSignal':
        return this.#peer.hear(effect.signal);
      case 'useIceServers':
        return this.#peer.useIceServers(effect.iceServers);
      case 'restartIce':
        return this.#peer.restart();
      case 'sendKeyframe':
        return this.#peer.sendKeyframe();
      case 'openPeer':
        return this.#peer.open(effect.match);
      case 'tellPeer':
        return this.#peer.send(effect.message);
      case 'announceMedia':
        return this.#announce(effect.match, effect.media);
      case 'closePeer':
        return this.#peer.close();
      case 'arm':
        return this.#arm(effect.timer, effect.inMs);
      case 'disarm':
        return this.#ports.timers.disarm(effect.timer);
      case 'chime':
        return this.#ports.chime.play(effect.sound);
      default:
        return assertNever(effect);
    }
  }

  #arm(timer: TimerName, inMs: number): void {
    this.#ports.timers.arm(timer, inMs, () => {
      this.handle({ type: 'timerFired', timer });
    });
  }

  #blockAgain(): void {
    for (const partnerSeal of this.#ports.blocks.latest())
      this.#lobby.send({ type: 'block', partnerSeal });
  }

  #announce(match: Match, media: SaidMedia): void {
    this.#mediaSequence += 1;
    const state = { ...media, sequence: this.#mediaSequence };
    this.#lobby.send({ type: 'mediaState', matchId: match.matchId, state });
    this.#peer.send({ type: 'mediaState', state });
  }

  #lobbyListener(): LobbyLinkListener {
    return {
      up: (welcome, fresh) => this.handle({ type: 'linkUp', welcome, fresh }),
      down: () => this.handle({ type: 'linkDown' }),
      failed: (attempt, why, againInMs) =>
        this.handle({ type: 'linkFailed', attempt, why, againInMs }),
      stopped: (reason) => this.handle({ type: 'linkStopped', reason }),
      message: (message) => this.handle({ type: 'lobby', message }),
    };
  }

  #peerListener(): PeerLinkListener {
    return {
      offerMade: (peerId, offer) => this.handle({ type: 'offerMade', peerId, offer }),
      signals: ({ matchId }, signal) => this.handle({ type: 'peerSignals', matchId, signal }),
      mediaArrived: ({ matchId }, path) => this.handle({ type: 'mediaArrived', matchId, path }),
      failed: ({ matchId }) => this.handle({ type: 'peerFailed', matchId }),
      said: ({ matchId }, message) => this.handle({ type: 'peerSaid', matchId, message }),
    };
  }

  /** The page goes away: partner and lobby are told now, because nothing can be said later. */
  #stop(): void {
    this.handle({ type: 'leavePressed' });
    for (const timer of TIMERS) this.#ports.timers.disarm(timer);
    this.#peer.close();
    this.#lobby.close();
  }
}
