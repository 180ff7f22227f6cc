import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { handTimers } from './handTimers.ts';
import { LivenessWatch } from '../transport/livenessWatch.ts';

const PING_MS = 10_000;
const SILENCE_MS = 12_500;
const LOOK_MS = 2_000;

class FakeSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  pings = 0;
  terminated = false;
  ping = () => void (this.pings += 1);
  terminate = () => void (this.terminated = true);
}

const timers = handTimers();

/** A watch with one socket, whose clock and timers go on together, or the clock alone. */
function watched() {
  let now = 0;
  const socket = new FakeSocket();
  const clock = { now: () => now, date: () => new Date(), after: () => () => undefined };
  const rules = { clock, pingMs: PING_MS, silenceMs: SILENCE_MS, signal: timers.signal };
  new LivenessWatch(rules).add(socket as unknown as WebSocket);
  const pass = (ms: number) => {
    for (let step = 0; step < ms; step += 50) {
      now += 50;
      vi.advanceTimersByTime(50);
    }
  };
  return { socket, pass, standStill: (ms: number) => void (now += ms) };
}

it('LS22: a silent socket is asked after 10 s, and dropped after 12.5 s to 15 s', () => {
  const { socket, pass } = watched();
  pass(PING_MS - LOOK_MS);
  expect(socket.pings).toBe(0);
  pass(SILENCE_MS - (PING_MS - LOOK_MS) - 50);
  expect([socket.pings > 0, socket.terminated]).toEqual([true, false]);
  pass(15_000 - SILENCE_MS);
  expect(socket.terminated).toBe(true);
});

it('LS22: one that answers stays', () => {
  const { socket, pass } = watched();
  socket.ping = () => void socket.emit('pong');
  pass(60_000);
  expect(socket.terminated).toBe(false);
});

it('LS22: a server that stood still asks before it drops anybody', () => {
  const { socket, pass, standStill } = watched();
  standStill(20_000);
  pass(LOOK_MS);
  expect([socket.pings, socket.terminated]).toEqual([1, false]);
  socket.emit('pong');
  pass(LOOK_MS);
  expect(socket.terminated).toBe(false);
});
