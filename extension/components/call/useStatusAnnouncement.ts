import { ref, watch, type Ref } from 'vue';
import type { CallStatus } from '../../call/callStatus.ts';
import { useTexts } from '../../locales/useTexts.ts';

/** After these, hearing that it is over matters. */
const CUT_OFF: ReadonlySet<CallStatus> = new Set([
  'reconnecting',
  'ownConnectionLost',
  'partnerConnectionLost',
  'partnerHearsNothing',
]);

/**
 * What a screen reader says about the call: each state once, when it begins, and the end of an
 * interruption. That a picture is coming back is on its way to that end, and not said.
 */
export function useStatusAnnouncement(status: () => CallStatus, name: () => string): Ref<string> {
  const { text } = useTexts();
  const announcement = ref('');
  let wasCutOff = false;

  watch(
    status,
    (now) => {
      if (now === 'pictureReturning') return;
      if (now !== 'well') announcement.value = text(`connection.status.${now}`, { name: name() });
      else announcement.value = wasCutOff ? text('connection.status.back') : '';
      wasCutOff = CUT_OFF.has(now);
    },
    { immediate: true },
  );
  return announcement;
}
