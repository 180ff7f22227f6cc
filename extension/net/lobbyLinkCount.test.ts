import { afterEach, beforeEach, expect, it } from 'vitest';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import { openLinkTo, startServer } from './lobbyLinkScene.ts';

let scene: Awaited<ReturnType<typeof startServer>>;
beforeEach(async () => (scene = await startServer()));
afterEach(() => {
  for (const socket of scene.sockets) socket.terminate();
  scene.server.close();
});

const openLink = () => openLinkTo(scene.url);

it('LK16: what was said while it was down is said when the seat is back, in order', async () => {
  const { told, link, timers } = openLink();
  await told.until(1);
  link.send({ type: 'ready' });
  await scene.heard.until(2);
  scene.sockets[0]!.terminate();
  await told.until(3);
  link.send({ type: 'notReady' });
  link.send({ type: 'ready' });
  scene.count.heard = 1;
  timers.pass(1_000);
  await told.until(4);
  expect((await scene.heard.until(5)).slice(3)).toEqual([
    '{"type":"notReady"}',
    '{"type":"ready"}',
  ]);
});

it('LK16: what the server never got is said again, what it has got is not', async () => {
  const { told, link, timers } = openLink();
  await told.until(1);
  for (const type of ['ready', 'notReady', 'ready'] as const) link.send({ type });
  await scene.heard.until(4);
  scene.sockets[0]!.send('{"type":"pong","heard":1}');
  scene.sockets[0]!.send('{"type":"idle"}');
  await told.until(2);
  scene.sockets[0]!.terminate();
  await told.until(4);
  scene.count.heard = 2;
  timers.pass(1_000);
  await told.until(5);
  expect((await scene.heard.until(6)).slice(5)).toEqual(['{"type":"ready"}']);
});

it('LK16: more than 30 messages are not kept: the oldest are forgotten', async () => {
  const { told, link, timers } = openLink();
  await told.until(1);
  scene.sockets[0]!.terminate();
  await told.until(3);
  link.send({ type: 'notReady' });
  for (let said = 0; said < LIMITS.keptFrames; said += 1) link.send({ type: 'ready' });
  timers.pass(1_000);
  await told.until(4);
  const heard = await scene.heard.until(2 + LIMITS.keptFrames);
  expect(new Set(heard.slice(2))).toEqual(new Set(['{"type":"ready"}']));
});

it('LK16: a fresh seat hears nothing of what was said at the one before', async () => {
  const { told, link, timers } = openLink();
  await told.until(1);
  scene.sockets[0]!.close(CLOSE.serverRestarting);
  await told.until(3);
  link.send({ type: 'ready' });
  timers.pass(1_000);
  await told.until(4);
  link.prove();
  expect((await scene.heard.until(3)).at(-1)).toBe('{"type":"ping","heard":0}');
});

it('LK17: says how much it has heard, and passes on what was missed before it is up', async () => {
  const { told, timers } = openLink();
  await told.until(1);
  scene.sockets[0]!.send('{"type":"idle"}');
  scene.sockets[0]!.send('{"type":"presence","presence":{"here":2,"waiting":0}}');
  await told.until(3);
  scene.count.missed = [{ type: 'replay', from: 2 }, { type: 'idle' }];
  scene.sockets[0]!.terminate();
  await told.until(5);
  timers.pass(1_000);
  expect((await told.until(7)).slice(5)).toEqual(['message idle', 'up, kept']);
  expect(scene.heard.all.at(-1)).toContain('"heard":1');
  timers.pass(LIMITS.pingIntervalMs);
  expect((await scene.heard.until(3)).at(-1)).toBe('{"type":"ping","heard":2}');
});
