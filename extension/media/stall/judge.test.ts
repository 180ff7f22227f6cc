import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../call/verdict.ts';
import { chanceFrom } from './chanceFrom.ts';
import { FakeCall } from './fakeCall.ts';
import { judge, type Judgement, type PartnerReport } from './judge.ts';

const ON = { camera: true, microphone: true } as const;
const OFF = { camera: false, microphone: true } as const;
const DEAF = { ...ON, deaf: true } as const;

/** Looks at a call as often as the judge wants to, for `ms`, and tells every verdict. */
function watch(
  call: FakeCall,
  ms: number,
  said: PartnerReport = ON,
  before: Judgement | null = null,
) {
  const verdicts: { at: number; verdict: Verdict }[] = [];
  let last = before ?? judge(null, call.sample(), said);
  const until = call.now + ms;
  while (call.now < until) {
    call.pass(Math.min(last.lookAgainInMs, until - call.now));
    last = judge(last, call.sample(), said);
    verdicts.push({ at: call.now, verdict: last.verdict });
  }
  return { last, verdicts, kinds: [...new Set(verdicts.map(({ verdict }) => verdict.kind))] };
}

function flowing(): FakeCall {
  const call = new FakeCall();
  call.pass(10_000);
  return call;
}

describe('what each cause looks like to the receiver', () => {
  const causes: [string, Verdict['kind'], (call: FakeCall) => void, PartnerReport][] = [
    ['a call as it should be', 'flowing', () => undefined, ON],
    [
      'a camera that is announced as off, black',
      'cameraOff',
      (call) => (call.camera = 'black'),
      OFF,
    ],
    ['a camera that is announced as off, gone', 'cameraOff', (call) => (call.camera = 'none'), OFF],
    [
      'a camera that sends black and says nothing',
      'flowing',
      (call) => (call.camera = 'black'),
      ON,
    ],
    ['a sender that is hidden or stopped', 'senderStopped', (call) => (call.camera = 'none'), ON],
    [
      'a sender of whom nothing is known yet',
      'senderStopped',
      (call) => (call.camera = 'none'),
      null,
    ],
    ['pictures that cannot be decoded', 'decoderStall', (call) => (call.decodes = false), ON],
    [
      'lost UDP, a killed browser, a closed page, one-way loss',
      'networkStall',
      (call) => (call.network = false),
      ON,
    ],
    ['the same while the camera is off', 'networkStall', (call) => (call.network = false), OFF],
    ['a partner who hears nothing', 'deafPartner', () => undefined, DEAF],
    ['nothing in either direction', 'networkStall', (call) => (call.network = false), DEAF],
  ];

  it.each(causes)('SM1: %s is %s', (_cause, kind, befall, said) => {
    const call = flowing();
    befall(call);
    expect(watch(call, 5_000, said).last.verdict.kind).toBe(kind);
  });

  it.each(causes)(
    'SM1: without the time of the last packet, %s is %s',
    (_cause, kind, befall, said) => {
      const call = flowing();
      call.tellsLastPacket = false;
      befall(call);
      expect(watch(call, 5_000, said).last.verdict.kind).toBe(kind);
    },
  );

  it('SM1: reports of a partner who sends neither picture nor sound are no network stall', () => {
    const call = flowing();
    call.camera = 'none';
    call.sound = false;
    const { kinds } = watch(call, 30_000);
    expect(kinds).not.toContain('networkStall');
    expect(kinds).toContain('senderStopped');
  });

  it('SM1: a call in which no picture was agreed on flows with its sound', () => {
    const call = flowing();
    const before = judge(null, { ...call.sample(), videoIn: null }, ON);
    call.pass(1_000);
    const sample = { ...call.sample(), videoIn: null };
    expect(judge(before, sample, ON).verdict.kind).toBe('flowing');
  });
});

describe('when it is found', () => {
  it.each([true, false])(
    'SM2: a stall is judged 1.0 to 1.25 s after the last byte (time told: %s)',
    (told) => {
      for (let offset = 1; offset <= 1_100; offset += 7) {
        const call = new FakeCall();
        call.tellsLastPacket = told;
        const { last } = watch(call, 5_000);
        const lost = call.now + offset;
        call.after(offset, () => (call.network = false));
        const { verdicts } = watch(call, 4_000, ON, last);
        const found = verdicts.find(({ verdict }) => verdict.kind === 'networkStall');
        expect(found!.at - lost).toBeLessThanOrEqual(1_250);
        // The last byte came up to 20 ms before.
        expect(found!.at - lost).toBeGreaterThanOrEqual(980);
      }
    },
  );

  it('SM3: it looks every second while all is well, and four times a second in doubt', () => {
    const call = flowing();
    const calm = watch(call, 3_000);
    expect(calm.last.lookAgainInMs).toBe(1_000);
    expect(calm.verdicts).toHaveLength(3);
    call.network = false;
    expect(watch(call, 5_000, ON, calm.last).last.lookAgainInMs).toBe(250);
  });

  it('SM4: what happened while nobody looked, as on a machine that slept, is no stall', () => {
    const call = flowing();
    const before = judge(null, call.sample(), ON);
    call.network = false;
    call.pass(3_600_000);
    expect(judge(before, call.sample(), ON).verdict.kind).toBe('flowing');
  });

  it('SM5: counters that begin anew are new bytes, not a stall', () => {
    const call = flowing();
    const before = judge(null, call.sample(), ON);
    const anew = new FakeCall();
    anew.pass(900);
    const sample = { ...anew.sample(), at: before.memory.sample.at + 1_000, lastPacketAt: null };
    expect(judge(before, sample, ON).verdict.kind).toBe('flowing');
  });
});

describe('after an outage', () => {
  it('SM6: pictures that are missing for 3 s want a key frame, and are no stopped sender', () => {
    const call = flowing();
    call.network = false;
    const stalled = watch(call, 5_000);
    call.network = true;
    call.camera = 'none';
    const after = watch(call, 3_000, ON, stalled.last);
    expect(after.verdicts.at(1)?.verdict.kind).toBe('decoderStall');
    expect(after.last.verdict.kind).toBe('decoderStall');
    call.camera = 'picture';
    expect(watch(call, 500, ON, after.last).last.verdict.kind).toBe('flowing');
  });

  it('SM6: a sender who really stopped is told from that 4 s after the outage', () => {
    const call = flowing();
    call.network = false;
    const stalled = watch(call, 5_000);
    call.network = true;
    call.camera = 'none';
    expect(watch(call, 6_000, ON, stalled.last).last.verdict.kind).toBe('senderStopped');
  });
});

it('SM30: who heard nothing while nothing arrived here either has 4 s to say that they hear again', () => {
  const call = flowing();
  call.network = false;
  const stalled = watch(call, 3_000, DEAF);
  expect(stalled.last.verdict.kind).toBe('networkStall');
  call.network = true;
  const after = watch(call, 3_500, DEAF, stalled.last);
  expect(after.last.verdict.kind).toBe('flowing');
  expect(watch(call, 1_500, DEAF, after.last).last.verdict.kind).toBe('deafPartner');
});

it('SM33: a partner is deaf from the second look on until they say that they hear', () => {
  const call = flowing();
  const calm = watch(call, 2_000);
  call.pass(1_000);
  const first = judge(calm.last, call.sample(), DEAF);
  expect(first).toMatchObject({ verdict: { kind: 'flowing' }, lookAgainInMs: 250 });
  const second = watch(call, 250, DEAF, first);
  expect(second.last.verdict.kind).toBe('deafPartner');
  expect(watch(call, 30_000, DEAF, second.last).kinds).toEqual(['deafPartner']);
  expect(watch(call, 250, ON, second.last).last.verdict.kind).toBe('flowing');
});

describe('what must not be taken for a stall', () => {
  it('SM7: no network stall in 100 camera toggles, however they are announced', () => {
    const toggle = fc.record({
      camera: fc.constantFrom('picture' as const, 'black' as const, 'none' as const),
      lateMs: fc.integer({ min: 0, max: 400 }),
      forMs: fc.integer({ min: 50, max: 2_500 }),
    });
    fc.assert(
      fc.property(fc.array(toggle, { minLength: 100, maxLength: 100 }), (toggles) => {
        const call = flowing();
        let last = judge(null, call.sample(), ON);
        let said: PartnerReport = ON;
        for (const { camera, lateMs, forMs } of toggles) {
          call.camera = camera;
          const late = watch(call, lateMs, said, last);
          said = camera === 'picture' ? ON : OFF;
          const then = watch(call, forMs, said, late.last);
          last = then.last;
          for (const { verdict } of [...late.verdicts, ...then.verdicts]) {
            expect(verdict.kind).not.toBe('networkStall');
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  it.each([0.02, 0.1, 0.3])('SM7: no network stall in 10 minutes of a loss of %d', (loss) => {
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), (seed, told) => {
        const call = new FakeCall(chanceFrom(seed));
        call.loss = loss;
        call.tellsLastPacket = told;
        const { kinds } = watch(call, 600_000);
        expect(kinds).not.toContain('networkStall');
        if (loss <= 0.1) expect(kinds).toEqual(['flowing']);
      }),
      { numRuns: 3 },
    );
  });
});
