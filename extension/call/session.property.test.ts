import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BROKER_SEAT, FakeWorld, matchWith, PRESENCE } from './fakeWorld.ts';
import type { SessionEvent } from './sessionEvent.ts';
import { isInCall } from './sessionState.ts';
import type { Verdict } from './verdict.ts';

type Action = (world: FakeWorld) => void;

const MATCHES = ['Ada', 'Ben', 'Cleo'].map((name) => matchWith(name));
type Press = Extract<SessionEvent['type'], `${string}Pressed`>;

const press = (type: Press) => fc.constant<Action>((world) => world.session.handle({ type }));
const match = fc.constantFrom(...MATCHES);
const remainingMs = fc.integer({ min: 0, max: 60_000 });
const media = fc.record({ camera: fc.boolean(), microphone: fc.boolean(), sequence: fc.nat(9) });

const seat = fc.oneof(
  fc.constant({ phase: 'idle' } as const),
  fc.constant({ phase: 'waiting', broker: BROKER_SEAT } as const),
  fc.record({
    phase: fc.constantFrom('connecting' as const, 'live' as const, 'goodbye' as const),
    match,
    remainingMs,
    partnerMedia: fc.option(media),
    partnerUp: fc.boolean(),
    moreTime: fc.constantFrom('open' as const, 'asked' as const, 'added' as const),
  }),
);

const lobbyMessage = fc.oneof(
  match.map((one) => ({ type: 'matched', match: one }) as const),
  fc.record({
    type: fc.constantFrom('live' as const, 'goodbye' as const),
    matchId: match.map(({ matchId }) => matchId),
    remainingMs,
  }),
  fc.record({
    type: fc.constant('ended' as const),
    matchId: match.map(({ matchId }) => matchId),
    reason: fc.constantFrom('timeUp' as const, 'partnerLeft' as const, 'connectFailed' as const),
    requeued: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('partnerLink' as const),
    matchId: match.map(({ matchId }) => matchId),
    up: fc.boolean(),
  }),
  fc.constant({ type: 'presence', presence: PRESENCE } as const),
  fc.constant({ type: 'pairing', pairing: { state: 'paused' } } as const),
  fc.constantFrom({ type: 'waiting', broker: BROKER_SEAT } as const, { type: 'idle' } as const),
  fc.constant({ type: 'areYouThere', answerInMs: 10_000 } as const),
);

const verdict: fc.Arbitrary<Verdict> = fc.oneof(
  fc.constantFrom({ kind: 'flowing' } as const, { kind: 'cameraOff' } as const),
  fc.record({
    kind: fc.constantFrom('networkStall' as const, 'decoderStall' as const),
    since: fc.constant(0),
  }),
);

const action: fc.Arbitrary<Action> = fc.oneof(
  press('joinPressed'),
  press('readyPressed'),
  press('notReadyPressed'),
  press('leaveCallPressed'),
  press('moreTimePressed'),
  press('blockPressed'),
  press('meetNextPressed'),
  press('herePressed'),
  fc.constant<Action>((world) => world.session.handle({ type: 'personSeen' })),
  press('breakPressed'),
  press('leavePressed'),
  press('startOverPressed'),
  fc.tuple(seat, fc.boolean()).map(([view, fresh]): Action => (world) => {
    if (world.linkOpen) world.linkUp(view, fresh);
  }),
  fc.constant<Action>((world) => world.linkDown()),
  fc.constant<Action>((world) => world.linkStopped('lobbyClosed')),
  lobbyMessage.map(
    (message): Action =>
      (world) =>
        world.lobbySays(message),
  ),
  match.map(
    (one): Action =>
      (world) =>
        world.mediaArrives(one),
  ),
  match.map(
    (one): Action =>
      (world) =>
        world.peerFails(one),
  ),
  match.map(
    (one): Action =>
      (world) =>
        world.peerSays({ type: 'bye' }, one),
  ),
  fc.tuple(match, verdict).map(
    ([one, seen]): Action =>
      (world) =>
        world.judge(seen, one),
  ),
  fc.integer({ min: 0, max: 20_000 }).map(
    (ms): Action =>
      (world) =>
        world.timers.pass(ms),
  ),
);

it('CL23: whatever happens in whatever order, the camera’s call is open exactly while in a call', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
      const world = new FakeWorld();
      for (const act of actions) {
        act(world);
        const { state } = world;
        const calls =
          state.phase === 'inside' && isInCall(state.seat) ? state.seat.match.matchId : null;
        expect(world.peerOf).toBe(calls);
        const waits = state.phase === 'inside' && state.seat.at === 'waiting';
        if (world.preparedFor !== null) expect(waits, 'a call is prepared for nobody').toBe(true);
        if (state.phase === 'outside' || state.phase === 'stopped') {
          expect(world.linkOpen).toBe(false);
          expect(world.timers.names).toEqual([]);
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

it('CL24: somebody in a call is never left in it: its own clock ends it', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
      const world = new FakeWorld();
      for (const act of actions) act(world);
      world.timers.pass(200_000);
      const { state } = world;
      if (state.phase === 'inside') expect(isInCall(state.seat)).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});
