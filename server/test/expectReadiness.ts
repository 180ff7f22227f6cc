import { expect } from 'vitest';
import type { TestServer } from './startServer.ts';

/** A part that does not answer is noticed within 2 s, and the answer is a second old at most. */
const DEADLINE_MS = 15_000;

/** Asks `/readyz` until the answer is this one. */
export async function expectReadiness(server: TestServer, expected: unknown): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    const { body } = await server.request('GET', '/readyz');
    if (JSON.stringify(body) === JSON.stringify(expected)) return;
    if (performance.now() > deadline) expect(body).toEqual(expected);
  }
}
