import { afterEach, beforeEach, vi } from 'vitest';

/** Timers in the test's hand, and for each test a signal that is aborted when it is over. */
export function handTimers(): { readonly signal: AbortSignal } {
  let stop = new AbortController();
  beforeEach(() => {
    stop = new AbortController();
    vi.useFakeTimers();
  });
  afterEach(() => {
    stop.abort();
    vi.useRealTimers();
  });
  return {
    get signal() {
      return stop.signal;
    },
  };
}
