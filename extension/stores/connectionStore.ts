import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { callStatus, type CallStatus } from '../call/callStatus.ts';
import { logged, type ConnectionLog } from '../call/connectionLog.ts';
import type { ConnectionQuality } from '../call/connectionQuality.ts';
import { useSessionStore } from './sessionStore.ts';
import { useServices } from './useServices.ts';

const GOOD: ConnectionQuality = { level: 'good', trouble: 'none' };

/** How the present call's connection holds, as components see it. */
export const useConnectionStore = defineStore('connection', () => {
  const { session, page } = useServices();
  const visit = useSessionStore();
  const log = shallowRef<ConnectionLog | null>(null);
  const showsDetails = ref(false);
  const copied = ref<'notYet' | 'done' | 'failed'>('notYet');
  const report = ref('');

  session.watchSamples((matchId, sample) => {
    const seat = visit.inCall;
    if (seat?.match.matchId !== matchId) return;
    log.value = logged(log.value, {
      matchId,
      sample,
      verdict: seat.health.verdict,
      pictureDue: seat.partnerMedia?.camera !== false,
    });
  });

  const present = computed(() =>
    log.value !== null && log.value.matchId === visit.inCall?.match.matchId ? log.value : null,
  );
  const quality = computed(() => present.value?.quality.shown ?? GOOD);
  const status = computed<CallStatus>(() => {
    const { inside, inCall } = visit;
    if (!inside || !inCall) return 'well';
    const { verdict, partnerUp, pictureHeld } = inCall.health;
    return callStatus({
      verdict,
      cameraOff: inCall.partnerMedia?.camera === false,
      quality: quality.value,
      linkUp: inside.link.up,
      partnerLinkUp: partnerUp,
      pictureHeld,
    });
  });

  async function copy(text: string): Promise<void> {
    report.value = text;
    copied.value = (await page.copy(text)) ? 'done' : 'failed';
  }

  // The details belong to a call, and a copy to one look at them.
  watch(
    () => visit.inCall?.match.matchId,
    () => (showsDetails.value = false),
  );
  watch(showsDetails, () => (copied.value = 'notYet'));

  return { log: present, status, quality, showsDetails, copied, report, copy };
});
