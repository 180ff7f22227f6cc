import { useTimeoutFn } from '@vueuse/core';
import { ref, watch } from 'vue';
import type { Notice } from '../call/sessionState.ts';
import { useTexts } from '../locales/useTexts.ts';
import { useSessionStore } from '../stores/sessionStore.ts';

/** Long enough to read a sentence beside a new face. */
const FLASH_MS = 6_000;

/**
 * The last notice in a sentence, for a while after it came: who is matched again at once would
 * otherwise never read that the partner before has left.
 */
export function useNoticeFlash() {
  const session = useSessionStore();
  const { text } = useTexts();
  const flash = ref('');
  const fade = useTimeoutFn(() => (flash.value = ''), FLASH_MS, { immediate: false });

  function sentence(notice: Notice): string {
    // Who did not answer is in no call where it would have to be said.
    if (notice.kind === 'noAnswer') return '';
    if (notice.kind === 'newCycle') return text('waitingRoom.newCycle');
    return text(`afterCall.title.${notice.kind}`, { name: notice.partnerName });
  }

  watch(
    () => session.inside?.notice ?? null,
    (notice) => {
      if (!notice) return;
      flash.value = sentence(notice);
      fade.start();
    },
  );
  return flash;
}
