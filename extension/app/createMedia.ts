import { browserMediaWorld } from '../media/browserMediaWorld.ts';
import { LocalMedia } from '../media/localMedia.ts';
import type { LocalMediaState } from '../media/localMediaState.ts';
import type { PageInfo } from '../page/pageInfo.ts';
import { deviceMemory } from '../storage/deviceMemory.ts';
import type { MediaService } from '../stores/panelServices.ts';
import type { PanelPlace } from './panelPlace.ts';

export interface OwnMediaService extends MediaService {
  /** Hears every new state beside the store. */
  also(changed: (state: LocalMediaState) => void): void;
  trackChanged(use: (track: MediaStreamTrack) => void): void;
}

/** Own camera and microphone. */
export function createMedia(
  page: () => PageInfo | null,
  { inWindow }: PanelPlace,
): OwnMediaService {
  const stateListeners: ((state: LocalMediaState) => void)[] = [];
  const trackListeners: ((track: MediaStreamTrack) => void)[] = [];
  let volumeChanged: (level: number) => void = () => undefined;
  const media = new LocalMedia({
    world: browserMediaWorld,
    memory: deviceMemory,
    allowedByPage: (kind) =>
      inWindow || (kind === 'camera' ? page()?.cameraAllowed : page()?.microphoneAllowed) !== false,
    changed: (state) => stateListeners.forEach((tell) => tell(state)),
    trackChanged: (track) => trackListeners.forEach((tell) => tell(track)),
    volumeChanged: (level) => volumeChanged(level),
  });
  return {
    stream: media.stream,
    open: () => media.open(),
    choose: (kind, deviceId) => media.choose(kind, deviceId),
    toggle: (kind) => media.toggle(kind),
    useEffect: (effect) => media.useEffect(effect),
    close: () => media.close(),
    watch: (changed, volume) => {
      stateListeners.push(changed);
      volumeChanged = volume;
    },
    also: (changed) => stateListeners.push(changed),
    trackChanged: (use) => trackListeners.push(use),
  };
}
