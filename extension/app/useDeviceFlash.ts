import { useTimeoutFn } from '@vueuse/core';
import { computed, ref, watch } from 'vue';
import { useDeviceSentences } from '../components/settings/useDeviceSentences.ts';
import { useMediaStore } from '../stores/mediaStore.ts';

/** Long enough to read two sentences beside a face. */
const FLASH_MS = 10_000;

/** What has just happened to a device, in a sentence, for a while: a call should not stay covered. */
export function useDeviceFlash() {
  const media = useMediaStore();
  const { duringCall, ofSpeaker } = useDeviceSentences();
  const flash = ref('');
  const fade = useTimeoutFn(() => (flash.value = ''), FLASH_MS, { immediate: false });
  const sentences = computed(() => [
    duringCall('camera', media.settings.camera),
    duringCall('microphone', media.settings.microphone),
    ofSpeaker(media.settings.speakerNotice),
  ]);

  watch(sentences, (now, before) => {
    const news = now.filter((one, index) => one !== '' && one !== before[index]);
    // Back to the chosen devices: nothing is left to say.
    if (now.every((one) => one === '')) flash.value = '';
    if (news.length === 0) return;
    flash.value = news.join(' ');
    fade.start();
  });
  return flash;
}
