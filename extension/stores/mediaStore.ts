import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { DeviceKind, MediaProblem } from '../media/mediaProblem.ts';
import type { DeviceState, LocalMediaState } from '../media/localMediaState.ts';
import { useServices } from './useServices.ts';

const CLOSED: LocalMediaState = {
  camera: { at: 'closed' },
  microphone: { at: 'closed' },
  devices: { camera: [], microphone: [], speaker: [] },
};

/** Own camera and microphone, as components see them. */
export const useMediaStore = defineStore('media', () => {
  const { media } = useServices();
  const state = shallowRef(CLOSED);
  const level = ref(0);
  media.watch(
    (next) => (state.value = next),
    (next) => (level.value = next),
  );

  const problems = computed(() => {
    const found: Partial<Record<DeviceKind, MediaProblem>> = {};
    for (const kind of ['camera', 'microphone'] as const) {
      const device = state.value[kind];
      if (device.at === 'failed') found[kind] = device.problem;
    }
    return found;
  });

  const isOn = (device: DeviceState) => device.at === 'open' && device.on;
  const idOf = (device: DeviceState) =>
    device.at === 'open' ? (device.next ?? device.device).id : '';

  return {
    stream: media.stream,
    level,
    problems,
    opening: computed(
      () => state.value.camera.at === 'opening' || state.value.microphone.at === 'opening',
    ),
    cameraOn: computed(() => isOn(state.value.camera)),
    microphoneOn: computed(() => isOn(state.value.microphone)),
    hasCamera: computed(() => state.value.camera.at === 'open'),
    hasMicrophone: computed(() => state.value.microphone.at === 'open'),
    cameraId: computed(() => idOf(state.value.camera)),
    microphoneId: computed(() => idOf(state.value.microphone)),
    devices: computed(() => state.value.devices),
    open: () => media.open(),
    close: () => media.close(),
    toggle: (kind: DeviceKind) => media.toggle(kind),
    choose: (kind: DeviceKind, id: string) => media.choose(kind, id),
  };
});
