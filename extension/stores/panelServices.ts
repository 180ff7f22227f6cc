import type { InjectionKey } from 'vue';
import type { EventPlace } from '../../shared/eventKey/eventKey.ts';
import type { EventId, MatchId } from '../../shared/ids.ts';
import type { ApiFailure } from '../../shared/protocol/apiClient.ts';
import type { RegisterAnswer, RegisterRequest } from '../../shared/protocol/http.ts';
import type { Traits } from '../../shared/protocol/wishes.ts';
import type { Result } from '../../shared/result.ts';
import type { RtcSample } from '../call/rtcSample.ts';
import type { SessionEvent } from '../call/sessionEvent.ts';
import type { SessionState } from '../call/sessionState.ts';
import type { BlurState } from '../media/blur/blurState.ts';
import type { CameraEffect } from '../media/cameraEffect.ts';
import type { DeviceKind } from '../media/mediaProblem.ts';
import type { LocalMediaState } from '../media/localMediaState.ts';
import type { SpeakerState } from '../media/speaker.ts';
import type { System } from '../media/systemOf.ts';
import type { EventOnPage } from '../page/eventOnPage.ts';
import type { PageInfo } from '../page/pageInfo.ts';

/** What the stores need of the world; the composition root gives the real ones. */

/** A lobby that can be entered: a listed event, or a private group with its invite. */
export interface Lobby {
  readonly eventId: EventId;
  readonly title: string;
  readonly inviteToken?: string;
}

export interface Group extends Lobby {
  readonly inviteToken: string;
  readonly inviteUrl: string;
}

export interface PageService {
  /** Null where Foyer's content script does not run: the browser's own pages, the store. */
  read(): Promise<PageInfo | null>;
  watch(changed: (page: PageInfo) => void): void;
  /** Takes the panel off the page, or closes the window it is in. */
  closePanel(): void;
  openWindow(): void;
  /** The group whose invite link led to this page, once. */
  takePendingGroup(): Promise<Group | null>;
  /** Tells the toolbar's badge how many people are in the lobby. */
  showCount(here: number): void;
  copy(text: string): Promise<boolean>;
  openOptions(): void;
  /** The person's, as the browser writes it: `de-AT`. */
  readonly language: string;
}

export interface EventService {
  serverAddress(): Promise<string>;
  find(url: string): Promise<Result<EventOnPage, ApiFailure>>;
  groupsAt(place: EventPlace): Promise<readonly Group[]>;
  createGroup(title: string, place: EventPlace): Promise<Result<Group, ApiFailure>>;
  register(request: RegisterRequest): Promise<Result<RegisterAnswer, ApiFailure>>;
}

export interface MediaService {
  readonly stream: MediaStream;
  open(): Promise<void>;
  choose(kind: DeviceKind | 'speaker', deviceId: string): Promise<void>;
  toggle(kind: DeviceKind): void;
  /** What stands between the camera and what leaves; null for nothing. */
  useEffect(effect: CameraEffect | null): void;
  close(): void;
  watch(changed: (state: LocalMediaState) => void, volumeChanged: (level: number) => void): void;
  watchSpeaker(changed: (state: SpeakerState) => void): void;
  readonly canChooseSpeaker: boolean;
  readonly system: System;
  /** Plays a tune; false where the browser could not. */
  testSpeaker(signal: AbortSignal): Promise<boolean>;
  /** Records and plays back; false where the browser could not. */
  testMicrophone(signal: AbortSignal, playing: () => void): Promise<boolean>;
  /** Opens the browser's page of Foyer's permissions; null where it has none. */
  readonly openPermissions: (() => void) | null;
}

/** What the person wants; kept for the next visit. */
export interface BlurWish {
  readonly on: boolean;
  /** From 0 to 1. */
  readonly strength: number;
}

export interface BlurView {
  readonly wish: BlurWish;
  readonly state: BlurState;
  /** One colour is drawn instead of the blurred room. */
  readonly isPlain: boolean;
}

export interface BlurService {
  /** Whether this browser can blur at all. */
  readonly isPossible: boolean;
  readonly view: BlurView;
  wishFor(wish: BlurWish): void;
  /** The way out for a machine that is too slow for blur. */
  usePlainBackground(): void;
  tryAgain(): void;
  watch(changed: (view: BlurView) => void): void;
}

/** Who comes in, and what they want to be known for the matching; null: nothing. */
export interface Newcomer {
  readonly displayName: string;
  readonly traits: Traits | null;
}

export interface SessionService {
  /** Chooses the lobby that the next *joinPressed* enters. */
  aim(lobby: Lobby, person: Newcomer): void;
  handle(event: SessionEvent): void;
  retryNow(): void;
  watch(
    changed: (state: SessionState) => void,
    remoteStreamChanged: (stream: MediaStream | null) => void,
  ): void;
  /** Readings of the present call's connection, about one a second. */
  watchSamples(sampled: (matchId: MatchId, sample: RtcSample) => void): void;
  /** The person insists on a relay, and this lobby's server has none. */
  meetsNobody(): boolean;
  /** Monotonic, ms; the clock of every point in time in the state. */
  now(): number;
}

/** What runs here: Foyer's version, the browser's name with its main version. */
export interface Software {
  readonly version: string;
  readonly browser: string;
}

/** What the person typed at the door, for the next time. */
interface Memory<T> {
  recall(): Promise<T>;
  keep(value: T): Promise<void>;
}

export interface PanelServices {
  readonly page: PageService;
  readonly events: EventService;
  readonly media: MediaService;
  readonly blur: BlurService;
  readonly session: SessionService;
  readonly name: Memory<string>;
  readonly about: Memory<Traits>;
  readonly software: Software;
}

export const PANEL_SERVICES: InjectionKey<PanelServices> = Symbol('panelServices');
