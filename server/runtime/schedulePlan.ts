import type { SchedulePlan } from '../domain/lobby/schedule.ts';
import type { Clock } from '../ports/clock.ts';
import type { StoredEvent } from '../ports/eventRepository.ts';

const SECONDS_A_MINUTE = 60;

/**
 * The event's rounds on the lobby's clock, in whole milliseconds: the same round is then reckoned
 * the same at any time. A tested second of conversation is shorter, and so is the way between rounds.
 */
export function schedulePlan(
  { paused, rounds }: Pick<StoredEvent, 'paused' | 'rounds'>,
  clock: Clock,
  callSecondMs: number,
): SchedulePlan {
  if (rounds === null) return { paused, rounds };
  const firstIn = rounds.firstAt.getTime() - clock.date().getTime();
  return {
    paused,
    rounds: {
      firstAt: Math.round(clock.now() + firstIn),
      everyMs: Math.round(rounds.everyMinutes * SECONDS_A_MINUTE * callSecondMs),
    },
  };
}
