import { useEventListener, useThrottleFn } from '@vueuse/core';
import { useSessionStore } from '../stores/sessionStore.ts';

/** A moving pointer says the same many times a second. */
const AT_MOST_EVERY_MS = 1_000;

/** Tells the session that the person uses the panel. What they do on the page is none of Foyer's business. */
export function usePersonSeen(): void {
  const session = useSessionStore();
  const seen = useThrottleFn(() => session.seePerson(), AT_MOST_EVERY_MS);
  useEventListener(['pointerdown', 'pointermove', 'keydown', 'wheel'], () => void seen(), {
    passive: true,
  });
}
