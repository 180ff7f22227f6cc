import { useIntervalFn, useTimeoutFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { Lobby, Newcomer } from './panelServices.ts';
import { isInCall, type SessionState } from '../call/sessionState.ts';
import { useServices } from './useServices.ts';

/** Fine enough for a countdown in whole seconds. */
const TICK_MS = 200;

/**
 * The stage is drawn when the partner's stream is there, which is while the first picture is on its
 * way, or this much later than the match: offer and answer are not kept waiting by it. (Measured
 * here: drawn at once, the set-up takes half as long again.)
 */
const CALL_FIRST_MS = 250;

/** The visit to a lobby, as components see it. */
export const useSessionStore = defineStore('session', () => {
  const { session, page } = useServices();
  const state = shallowRef<SessionState>({ phase: 'outside' });
  const remoteStream = shallowRef<MediaStream | null>(null);
  const now = shallowRef(session.now());

  let latest = state.value;
  const show = (): void => {
    now.value = session.now();
    state.value = latest;
  };
  const later = useTimeoutFn(show, CALL_FIRST_MS, { immediate: false });

  session.watch(
    (next) => {
      latest = next;
      if (!isConnecting(next) || isConnecting(state.value)) {
        later.stop();
        show();
      } else if (!later.isPending.value) later.start();
    },
    (stream) => {
      remoteStream.value = stream;
      if (!later.isPending.value) return;
      later.stop();
      show();
    },
  );
  useIntervalFn(() => (now.value = session.now()), TICK_MS);

  const inside = computed(() => (state.value.phase === 'inside' ? state.value : null));
  const here = computed(() => inside.value?.presence.here ?? null);
  // Redrawing the toolbar costs more than a change of state that leaves the number as it is.
  watch(here, (count) => {
    if (count !== null) page.showCount(count);
  });
  const inCall = computed(() => {
    const seat = inside.value?.seat;
    return seat && isInCall(seat) ? seat : null;
  });

  // Settings are made elsewhere, at any time.
  const meetsNobody = computed(() => now.value > 0 && session.meetsNobody());

  function enter(lobby: Lobby, person: Newcomer): void {
    session.aim(lobby, person);
    session.handle({ type: 'joinPressed' });
  }

  return {
    state,
    inside,
    inCall,
    meetsNobody,
    remoteStream,
    now,
    enter,
    enterAgain: () => session.handle({ type: 'joinPressed' }),
    ready: () => session.handle({ type: 'readyPressed' }),
    notReady: () => session.handle({ type: 'notReadyPressed' }),
    say: (text: string) => session.handle({ type: 'chatSent', text }),
    sayHere: () => session.handle({ type: 'herePressed' }),
    /** They did something in the panel. */
    seePerson: () => session.handle({ type: 'personSeen' }),
    wantMore: () => session.handle({ type: 'moreTimePressed' }),
    block: () => session.handle({ type: 'blockPressed' }),
    leaveCall: () => session.handle({ type: 'leaveCallPressed' }),
    meetNext: () => session.handle({ type: 'meetNextPressed' }),
    takeBreak: () => session.handle({ type: 'breakPressed' }),
    startOver: () => session.handle({ type: 'startOverPressed' }),
    leave: () => session.handle({ type: 'leavePressed' }),
    retryNow: () => session.retryNow(),
  };
});

function isConnecting(state: SessionState): boolean {
  return state.phase === 'inside' && state.seat.at === 'connecting';
}
