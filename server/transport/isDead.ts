import type { Millis } from '../../shared/ids.ts';

/** Of a socket, on the steady clock. */
export interface Signs {
  heardAt: Millis;
  pingedAt: Millis;
}

/** Silent for too long, and asked since it was last heard: a server that stood still has asked nobody. */
export function isDead(
  { heardAt, pingedAt }: Readonly<Signs>,
  silenceMs: Millis,
  now: Millis,
): boolean {
  return pingedAt > heardAt && now - heardAt >= silenceMs;
}
