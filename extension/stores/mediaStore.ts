import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { DeviceKind, MediaProblem } from '../media/mediaProblem.ts';
import type { DeviceState, LocalMediaState } from '../media/localMediaState.ts';
import type { SpeakerState } from '../media/speaker.ts';
import { useServices } from './useServices.ts';
import { useSoundTests } from './useSoundTests.ts';

const CLOSED: LocalMediaState = {
  camera: { at: 'closed' },
  microphone: { at: 'closed' },
  devices: { camera: [], microphone: [], speaker: [] },
};
const SYSTEM_SPEAKER: SpeakerState = { sinkId: '', notice: null };

/** Own camera, microphone and speaker, as components see them. */
export const useMediaStore = defineStore('media', () => {
  const { media } = useServices();
  const state = shallowRef(CLOSED);
  const speaker = shallowRef(SYSTEM_SPEAKER);
  const level = ref(0);
  const tests = useSoundTests(media);
  media.watch(
    (next) => (state.value = next),
    (next) => (level.value = next),
  );
  media.watchSpeaker((next) => (speaker.value = next));

  const problems = computed(() => {
    const found: Partial<Record<DeviceKind, MediaProblem>> = {};
    for (const kind of ['camera', 'microphone'] as const) {
      const device = state.value[kind];
      if (device.at === 'failed') found[kind] = device.problem;
    }
    return found;
  });
  const settings = computed(() => ({
    ...state.value,
    canChooseSpeaker: media.canChooseSpeaker,
    speakerId: speaker.value.sinkId,
    speakerNotice: speaker.value.notice,
    speakerTest: tests.speaker.value,
    microphoneTest: tests.microphone.value,
  }));

  const isOn = (device: DeviceState) => device.at === 'open' && device.on;
  const isAsking = (device: DeviceState) => device.at === 'opening' && device.asking;

  return {
    stream: media.stream,
    level,
    problems,
    settings,
    system: media.system,
    canOpenPermissions: media.openPermissions !== null,
    opening: computed(
      () => state.value.camera.at === 'opening' || state.value.microphone.at === 'opening',
    ),
    asking: computed(() => isAsking(state.value.camera) || isAsking(state.value.microphone)),
    cameraOn: computed(() => isOn(state.value.camera)),
    microphoneOn: computed(() => isOn(state.value.microphone)),
    hasCamera: computed(() => state.value.camera.at === 'open'),
    hasMicrophone: computed(() => state.value.microphone.at === 'open'),
    open: () => media.open(),
    close: () => media.close(),
    toggle: (kind: DeviceKind) => media.toggle(kind),
    choose: (kind: DeviceKind | 'speaker', id: string) => media.choose(kind, id),
    testSpeaker: tests.testSpeaker,
    testMicrophone: tests.testMicrophone,
    stopTests: tests.stop,
    openPermissions: () => media.openPermissions?.(),
  };
});
