import { expect, it } from 'vitest';
import type { EventId, MatchId, MemberId, Millis, PeerId } from '../../shared/ids.ts';
import { fail, ok } from '../../shared/result.ts';
import { Lobby } from '../domain/lobby/lobby.ts';
import { MetPairs } from '../domain/matching/metPairs.ts';
import type { Clock } from '../ports/clock.ts';
import type { BrokerPeers } from '../ports/broker.ts';
import type { MetPairRepository, NewPair } from '../ports/metPairRepository.ts';
import { createLog } from '../log.ts';
import { LobbyRunner } from '../runtime/lobbyRunner.ts';
import { randomMint } from '../runtime/randomMint.ts';
import { SERVER_LIMITS } from '../runtime/serverLimits.ts';

type Recorded = Awaited<ReturnType<MetPairRepository['record']>>;

/** A storage whose writes end when, and as, the test says. */
class SlowPairs implements MetPairRepository {
  readonly writes: { pairs: readonly NewPair[]; end: (recorded: Recorded) => void }[] = [];
  record(_eventId: EventId, pairs: readonly NewPair[]): Promise<Recorded> {
    return new Promise((end) => this.writes.push({ pairs, end }));
  }
  load = () => Promise.resolve([]);
  count = () => Promise.resolve(0);
}

class HandClock implements Clock {
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

function start() {
  const clock = new HandClock();
  const metPairs = new SlowPairs();
  const opened: BrokerPeers[] = [];
  const { id, token } = randomMint;
  const lobby = new Lobby({
    rules: SERVER_LIMITS,
    mint: {
      matchId: () => id() as MatchId,
      peerId: () => id() as PeerId,
      brokerToken: token,
      resumeToken: token,
      chance: Math.random,
      iceServers: () => [],
    },
    met: new MetPairs(),
    title: 'A talk',
    callMs: 60_000,
    relay: { available: false, required: false },
  });
  const broker = {
    openSeat: () => undefined,
    open: (peers: BrokerPeers) => void opened.push(peers),
    close: () => undefined,
  };
  const log = createLog('silent');
  const parts = { eventId: 'event' as EventId, lobby, clock, metPairs, broker, log };
  const runner = new LobbyRunner(parts);
  const heard = new Map<string, string[]>();
  const ready = (name: string) => {
    const types: string[] = [];
    heard.set(name, types);
    const connection = {
      send: (text: string) => void types.push(JSON.parse(text).type),
      close: () => undefined,
    };
    runner.join({ member: name as MemberId, name }, connection).said({ type: 'ready' });
  };
  const got = (name: string) => heard.get(name)!.filter((type) => type !== 'presence');
  return { runner, clock, metPairs, opened, ready, got };
}

/** Lets the promises that are due run. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

it('ST1: nobody hears of a match before its pair is durable', async () => {
  const { ready, got, metPairs, opened } = start();
  ready('ann');
  ready('ben');
  await turn();
  expect(got('ann')).toEqual(['welcome', 'waiting']);
  expect(opened).toEqual([]);
  metPairs.writes[0]!.end(ok(new Set()));
  await turn();
  expect(got('ann')).toEqual(['welcome', 'waiting', 'matched']);
  expect(got('ben')).toEqual(['welcome', 'matched']);
  expect(opened).toHaveLength(1);
});

it('ST2: pairs made while a write runs are written together with the next', async () => {
  const { ready, got, metPairs } = start();
  for (const name of ['ann', 'ben', 'cem', 'dag', 'eve', 'fox']) ready(name);
  expect(metPairs.writes.map(({ pairs }) => pairs.length)).toEqual([1]);
  metPairs.writes[0]!.end(ok(new Set()));
  await turn();
  expect(metPairs.writes.map(({ pairs }) => pairs.length)).toEqual([1, 2]);
  metPairs.writes[1]!.end(ok(new Set()));
  await turn();
  expect(['cem', 'dag', 'eve', 'fox'].map((name) => got(name).at(-1))).toEqual(
    Array.from({ length: 4 }, () => 'matched'),
  );
});

it('ST3: of a refused pair nobody is told, and both wait on', async () => {
  const { ready, got, metPairs, opened } = start();
  ready('ann');
  ready('ben');
  const [write] = metPairs.writes;
  write!.end(ok(new Set([write!.pairs[0]!.matchId])));
  await turn();
  expect(got('ann')).not.toContain('matched');
  expect(got('ben')).toEqual(['welcome', 'waiting']);
  expect(opened).toEqual([]);
  expect(metPairs.writes).toHaveLength(1);
});

it('ST4: after a storage failure the next try comes with the timer, not at once', async () => {
  const { ready, got, metPairs, clock } = start();
  ready('ann');
  ready('ben');
  metPairs.writes[0]!.end(fail('storageFailed'));
  await turn();
  expect(got('ann')).not.toContain('matched');
  expect(metPairs.writes).toHaveLength(1);
  clock.pass(SERVER_LIMITS.storagePauseMs - 1);
  expect(metPairs.writes).toHaveLength(1);
  clock.pass(1);
  expect(metPairs.writes).toHaveLength(2);
  metPairs.writes[1]!.end(ok(new Set()));
  await turn();
  expect(got('ann').at(-1)).toBe('matched');
});

it('ST5: a runner keeps one timer at most, and none once it has stopped', async () => {
  const { ready, runner, metPairs, clock } = start();
  for (const name of ['ann', 'ben', 'cem']) ready(name);
  metPairs.writes[0]!.end(ok(new Set()));
  await turn();
  expect(clock.armed).toBe(1);
  await runner.stop();
  expect(clock.armed).toBe(0);
});
