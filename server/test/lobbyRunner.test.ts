import { expect, it } from 'vitest';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import type { ServerMessage } from '../../shared/protocol/lobby.ts';
import { fail, ok } from '../../shared/result.ts';
import { SERVER_LIMITS } from '../runtime/serverLimits.ts';
import { runnerScene, SlowPairs, turn } from './runnerScene.ts';

function start() {
  const scene = runnerScene({ metPairs: new SlowPairs() });
  const heard = new Map<string, string[]>();
  const ready = (name: string) => {
    const types: string[] = [];
    heard.set(name, types);
    const send = (text: string) => void types.push(JSON.parse(text).type);
    scene.join(name, { send, close: () => undefined }).said({ type: 'ready' });
  };
  const got = (name: string) => heard.get(name)!.filter((type) => type !== 'presence');
  return { ...scene, ready, got };
}

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

it('ST19: while a pair is written, two who talk hear each other, and the pair hears nothing', async () => {
  const { join, metPairs } = runnerScene({ metPairs: new SlowPairs() });
  const heard = new Map<string, ServerMessage[]>();
  const enter = (name: string) => {
    const messages: ServerMessage[] = [];
    heard.set(name, messages);
    const send = (text: string) => void messages.push(JSON.parse(text) as ServerMessage);
    return join(name, { send, close: () => undefined });
  };
  const [ann, ben, cem, dag] = ['ann', 'ben', 'cem', 'dag'].map(enter);
  for (const each of [ann, ben]) each!.said({ type: 'ready' });
  metPairs.writes[0]!.end(ok(new Set()));
  await turn();
  for (const each of [cem, dag]) each!.said({ type: 'ready' });
  expect(metPairs.writes).toHaveLength(2);
  const { matchId } = metPairs.writes[0]!.pairs[0]!;
  const state = { camera: false, microphone: true, sequence: 1 };
  ann!.said({ type: 'mediaState', matchId, state });
  expect(heard.get('ben')!.at(-1)).toEqual({ type: 'partnerMedia', matchId, state });
  expect(heard.get('dag')!.filter(({ type }) => type !== 'presence')).toHaveLength(1);
  metPairs.writes[1]!.end(ok(new Set()));
  await turn();
  expect(heard.get('dag')!.at(-1)!.type).toBe('matched');
});

it('ST19: a socket that breaks under its match does not come before the match of the other', async () => {
  const { join, metPairs } = runnerScene({ metPairs: new SlowPairs() });
  const seat = join('ann', {
    send: (text) => text.includes('"type":"matched"') && seat.gone(false),
    close: () => undefined,
  });
  const heard: string[] = [];
  const note = (text: string) => void heard.push((JSON.parse(text) as ServerMessage).type);
  const other = join('ben', { send: note, close: () => undefined });
  for (const each of [seat, other]) each.said({ type: 'ready' });
  metPairs.writes[0]!.end(ok(new Set()));
  await turn();
  expect(heard.slice(-2)).toEqual(['matched', 'partnerLink']);
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
  await runner.stop(CLOSE.serverRestarting);
  expect(clock.armed).toBe(0);
});

it('LB20: among a thousand people presence is told in slices, and nobody waits for all of them', async () => {
  const { join, clock } = runnerScene({ metPairs: new SlowPairs() });
  let told = 0;
  const count = (text: string) => void (told += Number(text.includes('"presence","presence"')));
  for (let person = 0; person < 1_000; person += 1) {
    join(`person${person}`, { send: count, close: () => undefined });
  }
  told = 0;
  clock.pass(SERVER_LIMITS.presenceIntervalMs);
  for (let heard = 20; heard < 1_000; heard += 20) {
    expect(told).toBe(heard);
    clock.pass(10);
    await turn();
  }
  expect(told).toBe(1_000);
});

it('LB20: whose turn comes late hears the counts of then', async () => {
  const { join, clock } = runnerScene({ metPairs: new SlowPairs() });
  const heard: string[] = [];
  const note = (text: string) => void heard.push(text);
  const people = Array.from({ length: 3_000 }, (_, person) =>
    join(`person${person}`, { send: note, close: () => undefined }),
  );
  clock.pass(1_500);
  for (const one of people.splice(0, 2_900)) one.gone(true);
  heard.length = 0;
  clock.pass(SERVER_LIMITS.presenceIntervalMs);
  for (let slice = 0; slice < 150; slice += 1) {
    clock.pass(10);
    await turn();
  }
  const presence = heard.filter((text) => text.includes('"presence","presence"'));
  expect(presence.length).toBeGreaterThan(100);
  expect(presence.filter((text) => !text.includes('"here":100,'))).toEqual([]);
});
