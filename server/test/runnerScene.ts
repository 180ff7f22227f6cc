import type { EventId, MatchId, MemberId, Millis, PeerId } from '../../shared/ids.ts';
import { fail, ok } from '../../shared/result.ts';
import { Lobby } from '../domain/lobby/lobby.ts';
import type { LobbyParts } from '../domain/lobby/lobbyParts.ts';
import { MetPairs } from '../domain/matching/metPairs.ts';
import { PairSet } from '../domain/matching/pairSet.ts';
import { createLog } from '../log.ts';
import type { BrokerPeers } from '../ports/broker.ts';
import type { BlockedPair, BlockRepository } from '../ports/blockRepository.ts';
import type { Clock } from '../ports/clock.ts';
import type { MetPairRepository, NewPair } from '../ports/metPairRepository.ts';
import { silentTelemetry } from '../ports/telemetry.ts';
import { silentTracer } from '../ports/tracer.ts';
import type { Connection } from '../runtime/connection.ts';
import { LobbyRunner } from '../runtime/lobbyRunner.ts';
import { randomMint } from '../runtime/randomMint.ts';
import { SERVER_LIMITS } from '../runtime/serverLimits.ts';
import { lobbyParts } from './lobbyParts.ts';

type Recorded = Awaited<ReturnType<MetPairRepository['record']>>;

/** A storage whose writes end when, and as, the test says. */
export class SlowPairs implements MetPairRepository {
  readonly writes: { pairs: readonly NewPair[]; end: (recorded: Recorded) => void }[] = [];
  record(_eventId: EventId, pairs: readonly NewPair[]): Promise<Recorded> {
    return new Promise((end) => this.writes.push({ pairs, end }));
  }
  load = () => Promise.resolve([]);
  count = () => Promise.resolve(0);
}

/** A storage that writes at once, and knows what was written. */
export class QuickPairs implements MetPairRepository {
  readonly written: NewPair[] = [];
  record(_eventId: EventId, pairs: readonly NewPair[]): Promise<Recorded> {
    this.written.push(...pairs);
    return Promise.resolve(ok(new Set<MatchId>()));
  }
  load = () => Promise.resolve(this.written.map(({ pair }) => pair));
  count = () => Promise.resolve(this.written.length);
}

type Mood = 'writes' | 'refuses' | 'fails';

/** A storage in a mood that changes from write to write, and takes a few turns for each. */
export class MoodyPairs extends QuickPairs {
  readonly #moods: { readonly mood: Mood; readonly turns: number }[];
  constructor(moods: readonly { readonly mood: Mood; readonly turns: number }[]) {
    super();
    this.#moods = [...moods];
  }
  override async record(eventId: EventId, pairs: readonly NewPair[]): Promise<Recorded> {
    const { mood, turns } = this.#moods.shift() ?? { mood: 'writes', turns: 0 };
    for (let passed = 0; passed < turns; passed += 1) await turn();
    if (mood === 'fails') return fail('storageFailed');
    if (mood === 'writes') return super.record(eventId, pairs);
    return ok(new Set(pairs.map(({ matchId }) => matchId)));
  }
  calm(): void {
    this.#moods.length = 0;
  }
}

/** A storage of blocks that fails for as long as the test says. */
export class FailingBlocks implements BlockRepository {
  readonly written: BlockedPair[] = [];
  tries = 0;
  failing = false;
  record(_eventId: EventId, pairs: readonly BlockedPair[]) {
    this.tries += 1;
    if (this.failing) return Promise.resolve(fail('storageFailed' as const));
    this.written.push(...pairs);
    return Promise.resolve(ok(null));
  }
  load = () => Promise.resolve(this.written);
}

export class HandClock implements Clock {
  #now: Millis = 0;
  #alarms = new Set<{ at: Millis; callback: () => void }>();
  now = () => this.#now;
  date = () => new Date(0);
  after(delay: Millis, callback: () => void) {
    const alarm = { at: this.#now + delay, callback };
    this.#alarms.add(alarm);
    return () => this.#alarms.delete(alarm);
  }
  get armed(): number {
    return this.#alarms.size;
  }
  pass(duration: Millis): void {
    this.#now += duration;
    for (const alarm of [...this.#alarms]) {
      if (alarm.at > this.#now) continue;
      this.#alarms.delete(alarm);
      alarm.callback();
    }
  }
}

interface SceneOptions<Pairs> {
  readonly metPairs: Pairs;
  readonly createLobby?: (parts: LobbyParts) => Lobby;
  /** Called before anything is minted; it may throw, as a mistake in the middle of a command would. */
  readonly beforeMint?: () => void;
}

/** A lobby's runner with everything around it in the test's hand. */
export function runnerScene<Pairs extends MetPairRepository>(options: SceneOptions<Pairs>) {
  const { metPairs, beforeMint = () => undefined } = options;
  const { createLobby = (parts) => new Lobby(parts) } = options;
  const clock = new HandClock();
  const opened: BrokerPeers[] = [];
  const closed: PeerId[] = [];
  const given = { up: false };
  const blocks = new FailingBlocks();
  const blocked = new PairSet();
  const eventId = 'event' as EventId;
  const minting = (mint: () => string) => () => {
    beforeMint();
    return mint();
  };
  const names = { id: minting(randomMint.id), token: minting(randomMint.token) };
  const makeLobby = (met: MetPairs) => createLobby(lobbyParts({ met, blocked }, names));
  const renew = async () => makeLobby(new MetPairs(await metPairs.load(eventId, 1)));
  const runner = new LobbyRunner({
    ...{ eventId, clock, metPairs, blocks, renew, limits: SERVER_LIMITS },
    lobby: makeLobby(new MetPairs()),
    gaveUp: () => void (given.up = true),
    broker: {
      openSeat: () => undefined,
      open: (peers: BrokerPeers) => void opened.push(peers),
      close: (peers) => void closed.push(...peers),
    },
    telemetry: silentTelemetry,
    tracer: silentTracer,
    log: createLog('silent'),
  });
  const join = (name: string, connection: Connection) =>
    runner.join({ member: name as MemberId, name }, connection);
  return { runner, clock, metPairs, blocks, opened, closed, given, join };
}

/** Lets the promises that are due run. */
export const turn = () => new Promise((resolve) => setImmediate(resolve));
