import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { MatchId, Millis } from '../../shared/ids.ts';
import type { LobbyCommand } from '../domain/lobby/lobbyCommand.ts';
import type { SchedulePlan } from '../domain/lobby/schedule.ts';
import { LobbyStory } from './lobbyStory.ts';

const RULES = { presentForMs: 3_000, readyCheckMs: 500, roundOpenMs: 800, connectTimeoutMs: 700 };
const PEOPLE = ['ann', 'ben', 'cem', 'dag', 'eve'];
const CALL_MS = 2_000;

const who = fc.constantFrom(...PEOPLE);
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: fc.constant('join' as const), who }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('ready' as const), who }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('automatic' as const), who }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('present' as const), who }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('talk' as const), who }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('wantMore' as const), who }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('left' as const), who }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('drop' as const), who }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('resume' as const), who }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('pause' as const) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('goOn' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('rounds' as const), inMs: fc.nat(2_000) }),
  },
  { weight: 6, arbitrary: fc.record({ does: fc.constant('pass' as const), ms: fc.nat(2_500) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A lobby with people who come, go and fall silent; checks after each command what must hold. */
class Gathering extends LobbyStory {
  readonly #signAt = new Map<string, Millis>();
  readonly #away = new Set<string>();
  readonly #endsAt = new Map<MatchId, Millis>();
  readonly #wishes = new Map<MatchId, Set<string>>();
  readonly #seen = new Set<object>();
  readonly #extended = new Set<MatchId>();
  #plan: SchedulePlan = { paused: false, rounds: null };

  constructor() {
    super({ rules: RULES, callMs: CALL_MS });
  }

  play(one: Step): void {
    switch (one.does) {
      case 'pass':
        return this.pass(one.ms);
      case 'pause':
        return this.#reschedule({ ...this.#plan, paused: true });
      case 'goOn':
        return this.#reschedule({ paused: false, rounds: null });
      case 'rounds': {
        const rounds = { firstAt: this.now + one.inMs, everyMs: 2_000 };
        return this.#reschedule({ paused: false, rounds });
      }
      case 'join':
        this.#away.delete(one.who);
        this.#signAt.set(one.who, this.now);
        return this.join(one.who);
      default:
        if (this.#signAt.has(one.who)) this.#act(one.does, one.who);
    }
  }

  #act(does: Exclude<Step['does'], 'pass' | 'pause' | 'goOn' | 'rounds' | 'join'>, name: string) {
    const isAway = this.#away.has(name);
    if (does === 'resume' && isAway && this.closedWith(name) === null) {
      this.#away.delete(name);
      return this.resume(name);
    }
    if (isAway || does === 'resume') return;
    if (does === 'drop') {
      this.#away.add(name);
      return this.drop(name);
    }
    if (does === 'automatic') return this.say(name, { type: 'ready', automatic: true });
    if (does === 'ready' || does === 'present') {
      this.#signAt.set(name, this.now);
      return this.say(name, { type: does });
    }
    const match = this.messages(name, 'matched').at(-1)?.match;
    if (match === undefined) return;
    const { matchId, partnerName } = match;
    if (does === 'left') return this.say(name, { type: 'endCall', matchId, reason: 'left' });
    if (does === 'talk') {
      const both = [name, partnerName].filter((side) => !this.#away.has(side));
      return both.forEach((side) => this.say(side, { type: 'mediaFlowing', matchId }));
    }
    const wishes = this.#wishes.get(matchId) ?? new Set();
    this.#wishes.set(matchId, wishes.add(name));
    this.say(name, { type: 'wantMore', matchId });
  }

  override handle(command: LobbyCommand): void {
    const before = this.pairs.length;
    super.handle(command);
    const fresh = this.pairs.slice(before);
    if (fresh.length > 0) expect(this.#isRunning(), 'matched in a pause').toBe(true);
    for (const name of fresh.flatMap((pair) => pair.split(' & '))) {
      const silentFor = this.now - (this.#signAt.get(name) ?? -Infinity);
      expect(silentFor, `${name} was introduced unseen`).toBeLessThan(RULES.presentForMs);
    }
    this.#checkTimes();
  }

  #isRunning(): boolean {
    const { paused, rounds } = this.#plan;
    if (paused || rounds === null) return !paused;
    const sinceFirst = this.now - rounds.firstAt;
    return sinceFirst >= 0 && sinceFirst % rounds.everyMs < RULES.roundOpenMs;
  }

  /** Nobody’s time is shortened, and it is lengthened once, by a wish of both. */
  #checkTimes(): void {
    const all = PEOPLE.filter((name) => this.#signAt.has(name)).flatMap((name) =>
      this.messages(name, 'live'),
    );
    for (const live of all) this.#checkTime(live);
  }

  #checkTime(live: { matchId: MatchId; remainingMs: Millis; extended?: true | undefined }): void {
    if (this.#seen.has(live)) return;
    this.#seen.add(live);
    const endsAt = this.now + live.remainingMs;
    expect(endsAt).toBeGreaterThanOrEqual(this.#endsAt.get(live.matchId) ?? 0);
    if (live.extended && !this.#extended.has(live.matchId)) {
      expect(this.#wishes.get(live.matchId)?.size, 'extended without both').toBe(2);
      this.#extended.add(live.matchId);
    } else if (this.#endsAt.has(live.matchId)) {
      expect(endsAt, 'lengthened again').toBe(this.#endsAt.get(live.matchId));
    }
    this.#endsAt.set(live.matchId, endsAt);
  }

  #reschedule(plan: SchedulePlan): void {
    this.#plan = plan;
    this.handle({ type: 'reschedule', plan });
  }
}

it('LB60, LB63, LB70, LB72: nobody is matched in a pause, between rounds or unseen, and time is added by both', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 120, size: 'max' }), (steps) => {
      const gathering = new Gathering();
      for (const one of steps) gathering.play(one);
    }),
    { numRuns: 500 },
  );
});
