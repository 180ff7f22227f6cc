import { computed, shallowRef, watch, type ComputedRef } from 'vue';
import type { CallStatus } from '../../call/callStatus.ts';
import { useTexts } from '../../locales/useTexts.ts';
import { SILENCE, statusAnnouncement } from './statusAnnouncement.ts';

/** The sentence for a live region. */
export function useStatusAnnouncement(
  status: () => CallStatus,
  name: () => string,
): ComputedRef<string> {
  const { text } = useTexts();
  const announcement = shallowRef(SILENCE);
  watch(status, (now) => (announcement.value = statusAnnouncement(announcement.value, now)), {
    immediate: true,
  });
  return computed(() => {
    const { say } = announcement.value;
    return say === 'silence' ? '' : text(`connection.status.${say}`, { name: name() });
  });
}
