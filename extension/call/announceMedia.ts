import type { OwnMedia } from './ports.ts';
import type { SessionEffect } from './sessionEffect.ts';
import type { SeatInCall } from './sessionState.ts';

/** Tells the partner what leaves this machine, and that nothing arrives here while it is so. */
export function announceMedia(
  { match, health }: Pick<SeatInCall, 'match' | 'health'>,
  media: OwnMedia,
): SessionEffect {
  const deaf = health.verdict.kind === 'networkStall' ? { deaf: true } : {};
  return { type: 'announceMedia', match, media: { ...media, ...deaf } };
}
