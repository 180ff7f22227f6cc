import type { Millis } from '../../shared/ids.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import type { SessionEffect } from './sessionEffect.ts';

/**
 * The server's clock rules. The session's own timers only matter while the server is away, so they
 * wait a little longer than the server would take to say the same.
 */
export const SERVER_SLACK_MS = 1_000;

/** Pause between two conversations. The server counts on it when it looks out for partners. */
export const NEXT_MATCH_MS = LIMITS.afterCallMs;

export function connectClock(): SessionEffect[] {
  const inMs = LIMITS.connectTimeoutMs + SERVER_SLACK_MS;
  return [{ type: 'arm', timer: 'connect', inMs }];
}

export function callClock(remainingMs: Millis): SessionEffect[] {
  return [
    { type: 'disarm', timer: 'connect' },
    { type: 'arm', timer: 'callClock', inMs: remainingMs + SERVER_SLACK_MS },
  ];
}

export function stopClocks(): SessionEffect[] {
  return [
    { type: 'disarm', timer: 'connect' },
    { type: 'disarm', timer: 'callClock' },
    { type: 'disarm', timer: 'repair' },
  ];
}
