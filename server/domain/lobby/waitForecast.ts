import { assertNever } from '../../../shared/assertNever.ts';
import type { MemberId, Millis } from '../../../shared/ids.ts';
import type { Arrival } from '../matching/expectedWaits.ts';
import type { Call } from './call.ts';
import type { CallFloor } from './callFloor.ts';
import type { LobbyRules } from './lobbyRules.ts';
import type { Matchmaker } from './matchmaker.ts';
import type { Member } from './member.ts';
import type { Outbox } from './outbox.ts';

interface ForecastParts {
  readonly rules: Pick<LobbyRules, 'forecastIntervalMs' | 'goodbyeMs' | 'afterCallMs'>;
  readonly floor: CallFloor;
  readonly matchmaker: Matchmaker;
  readonly outbox: Outbox;
}

/** A forecast that is off by less than this, or by less than the share, is not worth a message. */
const WORTH_TELLING_MS = 5_000;
const WORTH_TELLING_SHARE = 0.2;

/** Tells those who wait when they will probably be matched: nothing where nobody can know. */
export class WaitForecast {
  readonly #parts: ForecastParts;
  /** When each was last told to expect their match. */
  #told = new Map<MemberId, Millis | null>();
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
    const expected = matchmaker.expectedMatches(this.#arrivals(now));
    const before = this.#told;
    this.#told = new Map();
    for (const member of matchmaker.present()) {
      const at = expected.get(member) ?? null;
      this.#tell(member, { before: before.get(member.id) ?? null, at }, now);
    }
  }

  /** They know nothing any more: they have come back with a new page. */
  forget({ id }: Member): void {
    this.#told.delete(id);
  }

  dueAt(): Millis | null {
    return this.#stale ? this.#toldAt + this.#parts.rules.forecastIntervalMs : null;
  }

  #tell(member: Member, { before, at }: { before: Millis | null; at: Millis | null }, now: Millis) {
    const news = isNews(before, at, now);
    this.#told.set(member.id, news ? at : before);
    const waitMs = at === null ? null : Math.max(0, at - now);
    if (news) this.#parts.outbox.send(member, { type: 'expectedWait', waitMs });
  }

  /** When those who talk now look for their next partner, if nobody ends early. */
  #arrivals(now: Millis): readonly Arrival<Member>[] {
    const { floor, matchmaker, rules } = this.#parts;
    const fromCalls = floor.all().flatMap((call) => {
      const at = this.#endOf(call, now) + rules.afterCallMs;
      return floor.membersOf(call).map((person) => ({ person, at }));
    });
    return [...matchmaker.returning(), ...fromCalls]
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

function isNews(before: Millis | null, at: Millis | null, now: Millis): boolean {
  if (before === null || at === null) return before !== at;
  const worth = Math.max(WORTH_TELLING_MS, WORTH_TELLING_SHARE * (at - now));
  return Math.abs(at - before) > worth;
}
