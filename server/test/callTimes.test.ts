import { expect, it } from 'vitest';
import type { MatchId, MemberId, PeerId } from '../../shared/ids.ts';
import type { IceServer } from '../../shared/protocol/iceServer.ts';
import { Lobby } from '../domain/lobby/lobby.ts';
import type { LobbyCommand } from '../domain/lobby/lobbyCommand.ts';
import type { SocketId } from '../domain/lobby/member.ts';
import type { TelemetryEvent } from '../ports/telemetry.ts';
import { CallTimes } from '../runtime/callTimes.ts';
import { lobbyParts } from './lobbyParts.ts';
import { HandClock } from './runnerScene.ts';

/** A lobby under watch, with a clock in the test's hand and names that can be told in advance. */
function start(iceServers: IceServer[] = []) {
  const clock = new HandClock();
  const noted: TelemetryEvent[] = [];
  const times = new CallTimes({ clock, telemetry: { note: (event) => void noted.push(event) } });
  const minted = { match: 0, other: 0 };
  const parts = lobbyParts({
    mint: {
      matchId: () => `match${++minted.match}` as MatchId,
      peerId: () => `peer${++minted.other}` as PeerId,
      brokerToken: () => `broker${++minted.other}`,
      resumeToken: () => `resume${++minted.other}`,
      chance: () => 0.5,
      iceServers: () => iceServers,
    },
  });
  const lobby = new Lobby(parts);
  const tokens = new Map<number, string>();
  const obey = (command: LobbyCommand, unmade: readonly string[] = []) => {
    times.heard(command);
    const effects = lobby.handle(command, clock.now());
    times.performed(effects, new Set(unmade as MatchId[]));
    for (const effect of effects) {
      if (effect.type !== 'send' || effect.message.type !== 'welcome') continue;
      tokens.set(effect.sockets[0]!, effect.message.resumeToken);
    }
  };
  const join = (name: string, socket: number) =>
    obey({ type: 'join', socket: socket as SocketId, member: name as MemberId, name });
  const ready = (socket: number, unmade: readonly string[] = []) =>
    obey({ type: 'ready', socket: socket as SocketId }, unmade);
  const lose = (socket: number) =>
    obey({ type: 'socketGone', socket: socket as SocketId, forGood: false });
  const resume = (from: number, to: number) =>
    obey({ type: 'resume', socket: to as SocketId, resumeToken: tokens.get(from)! });
  const twoPairs = () => {
    for (const [index, name] of ['ann', 'ben', 'cem', 'dag'].entries()) {
      join(name, index + 1);
      ready(index + 1);
    }
  };
  const notes = (type: TelemetryEvent['type']) => noted.filter((event) => event.type === type);
  return { clock, obey, join, ready, twoPairs, lose, resume, notes };
}

it('OP14: a wait goes on over a lost line, and counts once', () => {
  const { clock, join, ready, lose, resume, notes } = start();
  join('ann', 1);
  ready(1);
  clock.pass(3_000);
  lose(1);
  clock.pass(2_000);
  resume(1, 2);
  ready(2);
  clock.pass(1_000);
  join('ben', 3);
  ready(3);
  const waits = notes('waited').map((event) => 'ms' in event && event.ms);
  expect(waits.toSorted()).toEqual([0, 6_000]);
});

it('OP14: a match that came to nothing is no call, and its wait goes on', () => {
  const { clock, obey, join, ready, notes } = start();
  join('ann', 1);
  join('ben', 2);
  ready(1);
  clock.pass(1_000);
  ready(2, ['match1']);
  obey({ type: 'pairRefused', matchId: 'match1' as MatchId });
  expect(notes('waited')).toEqual([]);
  expect(notes('callEnded')).toEqual([]);
  clock.pass(1_000);
  join('cem', 3);
  ready(3);
  const waits = notes('waited').map((event) => 'ms' in event && event.ms);
  expect(waits.toSorted()).toEqual([0, 2_000]);
});

it('OP14: a call from which both fell away counts as left, one that ran its time as that, each once', () => {
  const { clock, obey, twoPairs, lose, notes } = start();
  twoPairs();
  const flows = (socket: number, matchId: string) =>
    obey({ type: 'mediaFlowing', socket: socket as SocketId, matchId: matchId as MatchId });
  clock.pass(400);
  for (const socket of [1, 2, 1]) flows(socket, 'match1');
  for (const socket of [3, 4]) flows(socket, 'match2');
  expect(notes('mediaFlowed')).toEqual([
    { type: 'mediaFlowed', sides: 'one', path: 'none', ms: 400 },
    { type: 'mediaFlowed', sides: 'one', path: 'none', ms: 400 },
    { type: 'mediaFlowed', sides: 'both', path: 'none', ms: 400 },
    { type: 'mediaFlowed', sides: 'one', path: 'none', ms: 400 },
    { type: 'mediaFlowed', sides: 'one', path: 'none', ms: 400 },
    { type: 'mediaFlowed', sides: 'both', path: 'none', ms: 400 },
  ]);
  for (const socket of [1, 2]) lose(socket);
  for (let passed = 0; passed < 75_000; passed += 1_000) {
    clock.pass(1_000);
    obey({ type: 'tick' });
  }
  expect(notes('callEnded').map((event) => 'reason' in event && event.reason)).toEqual([
    'left',
    'timeUp',
  ]);
});

it('OP26: a call goes over a relay when either side says so, and a failed one says whether it had one', () => {
  const relay = { urls: ['turn:turn.example'] };
  const { obey, twoPairs, notes } = start([relay]);
  twoPairs();
  const flows = (socket: number, match: string, path?: 'direct' | 'relay') => {
    const matchId = match as MatchId;
    obey({ type: 'mediaFlowing', socket: socket as SocketId, matchId, path });
  };
  flows(1, 'match1', 'relay');
  flows(2, 'match1', 'direct');
  const paths = notes('mediaFlowed').map((event) => 'path' in event && event.path);
  expect(paths).toEqual(['relay', 'relay', 'relay']);
  for (const [socket, match] of [
    [1, 'match1'],
    [3, 'match2'],
  ] as const) {
    const matchId = match as MatchId;
    obey({ type: 'endCall', socket: socket as SocketId, matchId, reason: 'failed' });
  }
  expect(notes('callEnded')).toMatchObject([
    { reason: 'connectionLost', relayAvailable: true, path: 'relay' },
    { reason: 'connectFailed', relayAvailable: true, path: 'none' },
  ]);
});
