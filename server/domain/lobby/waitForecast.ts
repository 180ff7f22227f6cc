import { assertNever } from '../../../shared/assertNever.ts';
import type { MemberId, Millis } from '../../../shared/ids.ts';
import type { Arrival } from '../matching/expectedWaits.ts';
import type { MetPairs } from '../matching/metPairs.ts';
import type { PairSet } from '../matching/pairSet.ts';
import type { Call } from './call.ts';
import type { CallFloor } from './callFloor.ts';
import type { EarlyLeavers } from './earlyLeavers.ts';
import type { LobbyRules } from './lobbyRules.ts';
import type { Matchmaker } from './matchmaker.ts';
import type { Member } from './member.ts';
import { metEverybody } from './metEverybody.ts';
import type { Outbox } from './outbox.ts';
import type { Roster } from './roster.ts';

interface ForecastParts {
  readonly rules: Pick<LobbyRules, 'forecastIntervalMs' | 'goodbyeMs' | 'afterCallMs'>;
  readonly floor: CallFloor;
  readonly matchmaker: Matchmaker;
  readonly outbox: Outbox;
  readonly roster: Roster;
  readonly leavers: EarlyLeavers;
  readonly met: MetPairs;
  readonly blocked: PairSet;
}

/** What somebody was told to expect, and when. */
interface Forecast {
  readonly at: Millis | null;
  readonly metEverybody: boolean;
}

const NOTHING: Forecast = { at: null, metEverybody: false };

/** A forecast that is off by less than this, or by less than the share, is not worth a message. */
const WORTH_TELLING_MS = 5_000;
const WORTH_TELLING_SHARE = 0.2;

/** Tells those who wait when they will probably be matched: nothing where nobody can know. */
export class WaitForecast {
  readonly #parts: ForecastParts;
  #told = new Map<MemberId, Forecast>();
  #toldAt = -Infinity;
  /** Something may have changed since. */
  #stale = false;

  constructor(parts: ForecastParts) {
    this.#parts = parts;
  }

  /** After each command; looks anew at most once an interval. */
  update(now: Millis): void {
    const { matchmaker, rules } = this.#parts;
    this.#stale = matchmaker.waiting > 0;
    if (!this.#stale) return this.#told.clear();
    if (now < this.#toldAt + rules.forecastIntervalMs) return;
    this.#stale = false;
    this.#toldAt = now;
    const resting = this.#resting();
    const asked = [...matchmaker.present(), ...resting.map(({ person }) => person)];
    const expected = matchmaker.expectedMatches(this.#arrivals(resting, now), asked);
    const before = this.#told;
    this.#told = new Map();
    for (const member of asked) {
      const news = this.#forecastFor(member, expected.get(member) ?? null);
      this.#tell(member, before.get(member.id) ?? NOTHING, news, now);
    }
  }

  /** They know nothing any more: they have come back with a new page. */
  forget({ id }: Member): void {
    this.#told.delete(id);
  }

  /** All may meet again: what was said before says nothing any more. */
  forgetAll(): void {
    this.#told.clear();
  }

  /** Who looks for a partner soon, and when, earliest first. */
  arrivals(now: Millis): readonly Arrival<Member>[] {
    return this.#arrivals(this.#resting(), now);
  }

  dueAt(): Millis | null {
    return this.#stale ? this.#toldAt + this.#parts.rules.forecastIntervalMs : null;
  }

  #forecastFor(member: Member, at: Millis | null): Forecast {
    const { roster, met, blocked } = this.#parts;
    return { at, metEverybody: metEverybody(member, roster, { met, blocked }) };
  }

  #tell(member: Member, before: Forecast, forecast: Forecast, now: Millis): void {
    const news = isNews(before, forecast, now);
    this.#told.set(member.id, news ? forecast : before);
    if (!news) return;
    const waitMs = forecast.at === null ? null : Math.max(0, forecast.at - now);
    const company = forecast.metEverybody ? ({ metEverybody: true } as const) : {};
    this.#parts.outbox.send(member, { type: 'expectedWait', waitMs, ...company });
  }

  /** Those who left a call early and wait: for them a match comes no earlier. */
  #resting(): readonly Arrival<Member>[] {
    const { leavers, roster } = this.#parts;
    return leavers.all().flatMap(([id, at]) => {
      const person = roster.get(id);
      const waits = person?.link.state === 'online' && person.seat.phase === 'waiting';
      return waits ? [{ person, at }] : [];
    });
  }

  /** When those who talk now look for their next partner, if nobody ends early. */
  #arrivals(resting: readonly Arrival<Member>[], now: Millis): readonly Arrival<Member>[] {
    const { floor, matchmaker, rules } = this.#parts;
    const fromCalls = floor.all().flatMap((call) => {
      const at = this.#endOf(call, now) + rules.afterCallMs;
      return floor.membersOf(call).map((person) => ({ person, at }));
    });
    return [...matchmaker.returning(), ...resting, ...fromCalls]
      .filter(({ person }) => person.link.state === 'online')
      .toSorted((one, other) => one.at - other.at);
  }

  #endOf({ stage, callMs }: Call, now: Millis): Millis {
    const { goodbyeMs } = this.#parts.rules;
    switch (stage.phase) {
      case 'connecting':
        return now + callMs + goodbyeMs;
      case 'live':
        return stage.until + goodbyeMs;
      case 'goodbye':
        return stage.until;
      default:
        return assertNever(stage);
    }
  }
}

function isNews(before: Forecast, { at, metEverybody }: Forecast, now: Millis): boolean {
  if (metEverybody !== before.metEverybody) return true;
  if (before.at === null || at === null) return before.at !== at;
  const worth = Math.max(WORTH_TELLING_MS, WORTH_TELLING_SHARE * (at - now));
  return Math.abs(at - before.at) > worth;
}
