import { EventEmitter, once } from 'node:events';
import { Roamer } from './roamer.ts';

interface CrowdParts {
  readonly eventId: string;
  readonly nodes: readonly string[];
  readonly people: number;
  /** What all their names begin with; no two crowds of an event have the same. */
  readonly name?: string;
  readonly meetingMs?: number;
  readonly deadlineMs?: number;
}

/** The extension's pauses between two tries: doubling, half of each left to chance. */
function backoffMs(attempt: number): number {
  return Math.min(5_000, 250 * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);
}

/** People who meet one after another and come back whatever happens to the server. */
export class RoamingCrowd {
  readonly people: readonly Roamer[];
  readonly #changed = new EventEmitter();
  readonly #leave = new AbortController();
  readonly #lives: Promise<unknown>;
  readonly #deadlineMs: number;

  constructor(parts: CrowdParts) {
    const { eventId, nodes, people, name = 'P', meetingMs = 300, deadlineMs = 40_000 } = parts;
    const changed = () => void this.#changed.emit('change');
    this.#deadlineMs = deadlineMs;
    this.#changed.setMaxListeners(0);
    this.people = Array.from(
      { length: people },
      (_, place) =>
        new Roamer({ name: `${name}${place}`, eventId, nodes, meetingMs, backoffMs, changed }),
    );
    this.#lives = Promise.all(this.people.map((person) => person.live(this.#leave.signal)));
  }

  /** Everybody sits in one lobby, whose address it answers; not in `but`. */
  allSeated(but = ''): Promise<string> {
    return this.until('everybody is seated', () => {
      const [first, ...others] = new Set(this.people.map(({ seatedAt }) => seatedAt));
      return first && others.length === 0 && first !== but ? first : undefined;
    });
  }

  /** So many people heard of a match since now. */
  moreMeetings(count: number): Promise<true> {
    const before = this.#heard();
    return this.until('meetings', () => this.#heard() >= before + count || undefined);
  }

  async until<T>(what: string, find: () => T | undefined): Promise<T> {
    const signal = AbortSignal.timeout(this.#deadlineMs);
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      await once(this.#changed, 'change', { signal }).catch(() => {
        const seats = this.people.map(({ seatedAt }) => seatedAt);
        throw new Error(`Waited for: ${what}. Seats: ${JSON.stringify(seats)}`);
      });
    }
  }

  /** Pairs who were introduced to each other more than once. */
  repeats(): string[] {
    const matches = new Map<string, Set<string>>();
    for (const { name, meetings } of this.people)
      for (const { partner, matchId } of meetings) {
        const pair = [name, partner].toSorted().join(' & ');
        matches.set(pair, (matches.get(pair) ?? new Set()).add(matchId));
      }
    return [...matches].filter(([, ids]) => ids.size > 1).map(([pair]) => pair);
  }

  /** How often somebody was introduced while they met somebody else. */
  doubles(): number {
    return this.people.reduce((sum, { doubles }) => sum + doubles, 0);
  }

  /** From a lost seat to the next one, everybody's last; ms. */
  lastAbsences(): number[] {
    return this.people.map(({ absences }) => absences.at(-1) ?? 0);
  }

  async leave(): Promise<void> {
    this.#leave.abort();
    await this.#lives;
  }

  #heard(): number {
    return this.people.reduce((sum, { meetings }) => sum + meetings.length, 0);
  }
}
