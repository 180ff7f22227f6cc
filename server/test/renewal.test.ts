import { expect, it } from 'vitest';
import type { MemberId, Millis } from '../../shared/ids.ts';
import { Lobby } from '../domain/lobby/lobby.ts';
import type { SocketId } from '../domain/lobby/member.ts';
import { plainSeals } from '../domain/lobby/plainSeals.ts';
import { MetPairs } from '../domain/matching/metPairs.ts';
import { PairSet } from '../domain/matching/pairSet.ts';
import { LobbyMaker } from '../runtime/lobbyMaker.ts';
import { randomMint } from '../runtime/randomMint.ts';
import { SERVER_LIMITS } from '../runtime/serverLimits.ts';
import { lobbyParts } from './lobbyParts.ts';
import { HandClock, QuickPairs, turn } from './runnerScene.ts';
import { storedEvent } from './storedEvent.ts';

/** Of the second that a renewal may take, the storage has at most this much. */
const STORAGE_MS: Millis = 500;
/** What is left for the work itself, far above what it takes; of the processor's time. */
const WORK_MS: Millis = 400;
const PEOPLE = 5_000;

it('SV6: a storage that does not answer is waited for half a second, and what is known serves', async () => {
  const clock = new HandClock();
  const never = () => new Promise<never>(() => undefined);
  const events = { find: never, create: never, replace: never, lookup: never };
  const maker = new LobbyMaker({
    ...{ events, clock, mint: randomMint, seals: plainSeals },
    limits: SERVER_LIMITS,
  });
  const iceServers = { relays: false, issue: () => [] };
  const known = {
    name: 'event',
    event: storedEvent(),
    met: new MetPairs(),
    blocked: new PairSet(),
    iceServers,
  };
  let found: unknown = null;
  void maker.refresh(known, new QuickPairs()).then((basis) => (found = basis));
  clock.pass(STORAGE_MS - 1);
  await turn();
  expect(found).toBeNull();
  clock.pass(1);
  await turn();
  expect(found).toBe(known);
});

it('SV6: taking over 5,000 people, most of them in calls, takes little of the processor', () => {
  const parts = lobbyParts();
  const broken = new Lobby(parts);
  const sockets = Array.from({ length: PEOPLE }, (_, index) => (index + 1) as SocketId);
  for (const socket of sockets) {
    const member = `member${socket}` as MemberId;
    broken.handle({ type: 'join', socket, member, name: 'Ann' }, 0);
    if (socket % 5 !== 0) broken.handle({ type: 'ready', socket }, 0);
  }
  const before = broken.counts();
  const from = process.cpuUsage();
  const { snapshot } = broken.wreck();
  const renewed = new Lobby(parts);
  renewed.adopt(snapshot, new Set(sockets), 1);
  const { user, system } = process.cpuUsage(from);
  expect(renewed.counts()).toEqual(before);
  expect(before.inCall).toBe((PEOPLE * 4) / 5);
  expect((user + system) / 1_000).toBeLessThan(WORK_MS);
});
