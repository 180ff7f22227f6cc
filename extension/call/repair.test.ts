import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repairStep, WELL, type Repair, type RepairAction, type RepairInput } from './repair.ts';
import type { Verdict } from './verdict.ts';

const FLOWING: Verdict = { kind: 'flowing' };
const STALL_AT = 100_000;
/** The judge needs a second of silence. */
const FOUND_AT = STALL_AT + 1_000;
const stalled = (since = STALL_AT): Verdict => ({ kind: 'networkStall', since });
const ok = { canSignal: true, partnerLinkUp: true };

/** Steps through time: at every change of the input, and whenever the policy wants to be asked. */
class Incident {
  state: Repair = WELL;
  now = FOUND_AT;
  readonly done: { at: number; action: RepairAction }[] = [];
  #nextAt: number | null = null;
  #input: RepairInput = { verdict: FLOWING, ...ok };

  set(change: Partial<RepairInput>): this {
    this.#input = { ...this.#input, ...change };
    this.#step();
    return this;
  }

  pass(ms: number): this {
    const until = this.now + ms;
    while (this.#nextAt !== null && this.#nextAt <= until) {
      expect(this.#nextAt).toBeGreaterThan(this.now);
      this.now = this.#nextAt;
      this.#step();
    }
    this.now = until;
    return this;
  }

  /** When an action was taken, in ms from the first stall. */
  times(action: RepairAction): number[] {
    return this.done.filter((one) => one.action === action).map(({ at }) => at - STALL_AT);
  }

  #step(): void {
    const step = repairStep(this.state, this.#input, this.now);
    this.state = step.state;
    this.#nextAt = step.nextAt;
    for (const action of step.actions) this.done.push({ at: this.now, action });
  }
}

describe('a network stall', () => {
  it('SM12: is answered with a restart at once, after 3.5 s, after 8 s more, and no further one', () => {
    const incident = new Incident().set({ verdict: stalled() }).pass(23_900);
    expect(incident.times('restartIce')).toEqual([1_000, 4_500, 12_500]);
    expect(incident.times('giveUp')).toEqual([]);
  });

  it('SM13: is given up 25 s after it began, so that an outage of 20 s still heals', () => {
    const incident = new Incident().set({ verdict: stalled() }).pass(60_000);
    expect(incident.times('giveUp')).toEqual([25_000]);
    expect(incident.state).toEqual({ at: 'givenUp' });
    incident.set({ verdict: FLOWING }).pass(60_000);
    expect(incident.done.at(-1)?.action).toBe('giveUp');
  });

  it('SM13: is given up after 10 s when the partner’s way to the lobby closed as well', () => {
    const incident = new Incident().set({ verdict: stalled(), partnerLinkUp: false });
    expect(incident.pass(60_000).times('giveUp')).toEqual([11_000]);
  });

  it.each([2_500, 9_000, 15_000])(
    'SM13: an outage of 20 s that the lobby notices after %i ms still heals',
    (noticedMs) => {
      const incident = new Incident().set({ verdict: stalled() }).pass(noticedMs);
      incident.set({ partnerLinkUp: false }).pass(21_000 - noticedMs);
      incident.set({ verdict: FLOWING, partnerLinkUp: true }).pass(60_000);
      expect(incident.times('giveUp')).toEqual([]);
    },
  );

  it('SM13: the partner’s lost link alone ends nothing', () => {
    const incident = new Incident().set({ partnerLinkUp: false }).pass(60_000);
    expect(incident.done).toEqual([]);
    incident.set({ verdict: { kind: 'cameraOff' } }).pass(60_000);
    expect(incident.done).toEqual([]);
  });

  it('SM14: without a way to the lobby no restart is spent; it comes with the link', () => {
    const incident = new Incident()
      .set({ canSignal: false })
      .set({ verdict: stalled() })
      .pass(6_000);
    expect(incident.done).toEqual([]);
    incident.set({ canSignal: true });
    expect(incident.times('restartIce')).toEqual([7_000]);
  });

  it('SM14: a restart under which the link broke is made again, uncounted', () => {
    const incident = new Incident().set({ verdict: stalled() }).pass(2_000);
    incident.set({ canSignal: false }).pass(5_000).set({ canSignal: true }).pass(15_000);
    expect(incident.times('restartIce')).toEqual([1_000, 8_000, 11_500, 19_500]);
  });

  it('SM15: is over after 2 s of flow; the next one has all its restarts again', () => {
    const incident = new Incident().set({ verdict: stalled() }).pass(5_000);
    incident.set({ verdict: FLOWING }).pass(1_900);
    expect(incident.state.at).toBe('repairing');
    incident.pass(200);
    expect(incident.state).toBe(WELL);
    incident.done.length = 0;
    incident.set({ verdict: stalled(incident.now - 1_000) }).pass(20_000);
    expect(incident.times('restartIce')).toHaveLength(3);
  });

  it('SM15: a short flow between two stalls does not buy more restarts', () => {
    const incident = new Incident();
    for (let round = 0; round < 20; round += 1) {
      incident.set({ verdict: stalled(incident.now - 1_000) }).pass(3_000);
      incident.set({ verdict: FLOWING }).pass(1_500);
    }
    expect(incident.times('restartIce')).toHaveLength(3);
    expect(incident.times('giveUp')).toEqual([]);
  });
});

describe('other trouble', () => {
  it('SM16: a missing key frame is asked for, at most once a second, ever more slowly', () => {
    const incident = new Incident()
      .set({ verdict: { kind: 'decoderStall', since: STALL_AT } })
      .pass(12_000);
    expect(incident.times('askKeyframe')).toEqual([1_000, 2_000, 4_000, 8_000, 12_000]);
    expect(incident.times('restartIce')).toEqual([]);
    expect(incident.times('giveUp')).toEqual([]);
  });

  it('SM16: the first key frame is asked for as soon as bytes come again', () => {
    const incident = new Incident().set({ verdict: stalled() }).pass(7_000);
    incident.set({ verdict: { kind: 'decoderStall', since: STALL_AT } });
    expect(incident.times('askKeyframe')).toEqual([8_000]);
  });

  it.each<Verdict>([
    { kind: 'cameraOff' },
    { kind: 'senderStopped', since: STALL_AT },
    { kind: 'deafPartner', since: STALL_AT },
  ])('SM17: $kind is repaired by nothing and ends nothing', (verdict) => {
    expect(new Incident().set({ verdict }).pass(120_000).done).toEqual([]);
  });
});

describe('whatever happens', () => {
  const verdict = fc.constantFrom<Verdict['kind']>(
    'flowing',
    'cameraOff',
    'senderStopped',
    'decoderStall',
    'networkStall',
    'deafPartner',
  );
  const turn = fc.record({
    verdict,
    canSignal: fc.boolean(),
    partnerLinkUp: fc.boolean(),
    forMs: fc.integer({ min: 250, max: 9_000 }),
  });

  it('SM18: restarts and key frames keep their distance, and giving up comes once and late', () => {
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 60 }), (turns) => {
        const incident = new Incident();
        let linkDrops = 0;
        let up = true;
        for (const { verdict: kind, forMs, ...link } of turns) {
          if (up && !link.canSignal) linkDrops += 1;
          up = link.canSignal;
          const since = incident.now - 1_000;
          const now = kind === 'flowing' || kind === 'cameraOff' ? { kind } : { kind, since };
          incident.set({ verdict: now, ...link }).pass(forMs);
        }
        for (const action of ['restartIce', 'askKeyframe'] as const) {
          const times = incident.times(action);
          times.forEach((time, index) => {
            if (index > 0) expect(time - times[index - 1]!).toBeGreaterThanOrEqual(1_000);
          });
        }
        expect(incident.times('giveUp').length).toBeLessThanOrEqual(1);
        const incidents = turns.filter(({ verdict: kind }) => kind === 'networkStall').length;
        expect(incident.times('restartIce').length).toBeLessThanOrEqual(3 * incidents + linkDrops);
      }),
      { numRuns: 500 },
    );
  });
});
