import { browser } from 'wxt/browser';
import { browserMediaWorld } from '../media/browserMediaWorld.ts';
import { LocalMedia } from '../media/localMedia.ts';
import type { LocalMediaState } from '../media/localMediaState.ts';
import { recordAndPlay } from '../media/recordAndPlay.ts';
import { canChooseSpeaker, Speaker, type SpeakerState } from '../media/speaker.ts';
import { systemOf } from '../media/systemOf.ts';
import { playTestSound } from '../media/testSound.ts';
import type { PageInfo } from '../page/pageInfo.ts';
import { deviceMemory } from '../storage/deviceMemory.ts';
import type { MediaService } from '../stores/panelServices.ts';
import type { PanelPlace } from './panelPlace.ts';

export interface OwnMediaService extends MediaService {
  /** Hears every new state beside the store. */
  also(changed: (state: LocalMediaState) => void): void;
  trackChanged(use: (track: MediaStreamTrack) => void): void;
  /** The speaker in use; empty for the system's own. */
  speakerId(): string;
}

/** Own camera, microphone and speaker. */
export function createMedia(
  page: () => PageInfo | null,
  { inWindow }: PanelPlace,
): OwnMediaService {
  const stateListeners: ((state: LocalMediaState) => void)[] = [];
  const trackListeners: ((track: MediaStreamTrack) => void)[] = [];
  let volumeChanged: (level: number) => void = () => undefined;
  let speakerChanged: (state: SpeakerState) => void = () => undefined;
  const speaker = new Speaker(deviceMemory, (state) => speakerChanged(state));
  const media = new LocalMedia({
    world: browserMediaWorld,
    memory: deviceMemory,
    allowedByPage: (kind) =>
      inWindow || (kind === 'camera' ? page()?.cameraAllowed : page()?.microphoneAllowed) !== false,
    changed: (state) => {
      speaker.devicesChanged(state.devices.speaker);
      stateListeners.forEach((tell) => tell(state));
    },
    trackChanged: (track) => trackListeners.forEach((tell) => tell(track)),
    volumeChanged: (level) => volumeChanged(level),
  });
  return {
    stream: media.stream,
    open: async () => {
      await Promise.all([speaker.recall(), media.open()]);
    },
    choose: (kind, deviceId) =>
      kind === 'speaker' ? speaker.choose(deviceId) : media.choose(kind, deviceId),
    toggle: (kind) => media.toggle(kind),
    useEffect: (effect) => media.useEffect(effect),
    close: () => media.close(),
    watch: (changed, volume) => {
      stateListeners.push(changed);
      volumeChanged = volume;
    },
    watchSpeaker: (changed) => (speakerChanged = changed),
    canChooseSpeaker: canChooseSpeaker(),
    system: systemOf(navigator.userAgent),
    testSpeaker: async (signal) => (await playTestSound(speaker.state.sinkId, signal)).ok,
    testMicrophone: async (signal, playing) => {
      const [track] = media.stream.getAudioTracks();
      if (!track) return false;
      return (await recordAndPlay(track, speaker.state.sinkId, signal, playing)).ok;
    },
    openPermissions: permissionsPage(),
    also: (changed) => stateListeners.push(changed),
    trackChanged: (use) => trackListeners.push(use),
    speakerId: () => speaker.state.sinkId,
  };
}

/** Chromium has a page for each site's permissions, and an extension is a site there; Firefox has none. */
function permissionsPage(): (() => void) | null {
  if (import.meta.env.FIREFOX) return null;
  const site = encodeURIComponent(location.origin);
  const url = `chrome://settings/content/siteDetails?site=${site}`;
  return () => void browser.tabs.create({ url });
}
