import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Schedule } from './schedule.ts';

const RULES = { roundOpenMs: 20, readyCheckMs: 10 };

const plan = fc.record({
  paused: fc.boolean(),
  rounds: fc.option(
    fc.record({
      firstAt: fc.integer({ min: -500, max: 500 }),
      everyMs: fc.integer({ min: 30, max: 400 }),
    }),
  ),
});

it('LB72: the next change is always ahead, comes when it was announced, and nothing comes before it', () => {
  fc.assert(
    fc.property(plan, fc.integer({ min: 0, max: 2_000 }), (wanted, start) => {
      const schedule = new Schedule(RULES);
      schedule.change(wanted);
      schedule.follow(start);
      let now = start;
      for (let step = 0; step < 10; step += 1) {
        const due = schedule.dueAt();
        if (due === null) {
          expect(wanted.paused || wanted.rounds === null).toBe(true);
          return;
        }
        expect(due).toBeGreaterThan(now);
        const before = schedule.at(now);
        expect(schedule.at(due - 1).state, 'changed unannounced').toBe(before.state);
        if (before.state === 'betweenRounds') {
          expect(schedule.at(now + before.nextInMs).state).toBe('running');
          expect(schedule.gathers(now)).toBe(before.nextInMs <= RULES.readyCheckMs);
        }
        now = due;
        schedule.follow(now);
      }
    }),
    { numRuns: 1_000 },
  );
});
