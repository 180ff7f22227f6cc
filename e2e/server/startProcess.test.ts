import { WebSocket } from 'ws';
import { expect, test } from 'vitest';
import { startRelay } from '../barePair/startRelay.ts';
import { startProcess } from './startProcess.ts';

function canConnect(url: string): Promise<boolean> {
  const socket = new WebSocket(url);
  return new Promise((resolve) => {
    socket.once('open', () => resolve(true));
    socket.once('error', () => resolve(false));
  }).finally(() => socket.terminate()) as Promise<boolean>;
}

test('E2E7: a started process answers at its address until it is stopped', async () => {
  const relay = await startRelay();
  expect(await canConnect(relay.url)).toBe(true);
  await relay.stop();
  expect(await canConnect(relay.url)).toBe(false);
});

test('E2E7: a process that ends instead of listening is an error that quotes its words', async () => {
  const script = 'console.error("the folder is in use"); process.exit(3)';
  await expect(startProcess({ args: ['-e', script] })).rejects.toThrow(
    /ended with code 3[^]*the folder is in use/,
  );
});
