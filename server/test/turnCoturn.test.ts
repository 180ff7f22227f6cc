import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MemberId } from '../../shared/ids.ts';
import { coturn } from '../turn/coturn.ts';
import { askAllocation } from './askAllocation.ts';
import { startCoturn, type Coturn } from './startCoturn.ts';

const ANN = 'ann' as MemberId;

/** As the calendar stands, moved by so many seconds. */
const clockAt = (seconds: number) => ({ date: () => new Date(Date.now() + seconds * 1_000) });

describe('a real coturn', () => {
  let relay: Coturn;
  beforeAll(async () => (relay = await startCoturn()));
  afterAll(() => relay?.close());

  function credentials(given: { secret?: string; seconds?: number } = {}) {
    const { secret = relay.secret, seconds = 0 } = given;
    const urls = [`turn:127.0.0.1:${relay.port}`];
    const service = coturn({ urls, secret }, { validMs: 600_000, clock: clockAt(seconds) });
    const { username = '', credential = '' } = service.compute(ANN).at(-1) ?? { urls };
    return { username, credential };
  }

  it('TN11: gives an allocation for the credentials of a member', async () => {
    expect(await askAllocation(relay.port, credentials())).toBe('allocated');
  });

  it('TN11: refuses those that have ended', async () => {
    expect(await askAllocation(relay.port, credentials({ seconds: -605 }))).toBe(401);
    expect(await askAllocation(relay.port, credentials({ seconds: -590 }))).toBe('allocated');
  });

  it('TN11: refuses those of another secret', async () => {
    const foreign = credentials({ secret: 'the-secret-of-others' });
    expect(await askAllocation(relay.port, foreign)).toBe(401);
  });

  it('TN11: refuses a name that was made to hold longer', async () => {
    const { username, credential } = credentials();
    const later = username.replace(/^\d+/, (until) => String(Number(until) + 86_400));
    expect(await askAllocation(relay.port, { username: later, credential })).toBe(401);
  });
});
