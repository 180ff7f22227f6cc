import { useTimeoutFn } from '@vueuse/core';
import { computed, ref, watch } from 'vue';
import { useDeviceSentences } from '../components/settings/useDeviceSentences.ts';
import { useMediaStore } from '../stores/mediaStore.ts';
import { useSessionStore } from '../stores/sessionStore.ts';

/** Long enough to read two sentences beside a face. */
const FLASH_MS = 10_000;

/** What has just happened to a device, in a sentence, for a while: a call should not stay covered. */
export function useDeviceFlash() {
  const media = useMediaStore();
  const session = useSessionStore();
  const { duringVisit, ofSpeaker } = useDeviceSentences();
  const flash = ref('');
  const fade = useTimeoutFn(() => (flash.value = ''), FLASH_MS, { immediate: false });
  const sentences = computed(() => [
    duringVisit('camera', media.settings.camera),
    duringVisit('microphone', media.settings.microphone),
    ofSpeaker(media.settings.speakerNotice),
  ]);

  // Before the lobby the green room says it all.
  watch(
    () => session.inside === null,
    () => (flash.value = ''),
  );
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
