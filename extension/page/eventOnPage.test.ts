import { describe, expect, it } from 'vitest';
import { keyHash } from '../../shared/eventKey/keyHash.ts';
import type { EventId, EventKey } from '../../shared/ids.ts';
import type { LookupAnswer, LookupEntry } from '../../shared/protocol/http.ts';
import { fail, ok } from '../../shared/result.ts';
import { eventOnPage } from './eventOnPage.ts';
import { ANYBODY } from '../../shared/protocol/whoMeets.ts';

async function entryFor(key: string): Promise<LookupEntry> {
  return {
    keyHash: await keyHash(key as EventKey),
    eventId: 'event000001' as EventId,
    title: key,
    here: 2,
    state: 'open',
    opensAt: null,
    whoMeets: ANYBODY,
  };
}

/** A server that holds these registrations, and writes down what it was asked. */
function serverWith(entries: readonly LookupEntry[], parameters: LookupAnswer['parameters'] = []) {
  const asked: string[] = [];
  const lookup = async (prefix: string) => {
    asked.push(prefix);
    const under = <T extends { keyHash: string }>(all: readonly T[]) =>
      all.filter((one) => one.keyHash.startsWith(prefix));
    return ok({ events: under(entries), parameters: under(parameters) });
  };
  return { asked, lookup };
}

describe('the event on a page', () => {
  it('PG1: any address of a talk finds its listed event', async () => {
    const server = serverWith([await entryFor('youtube:video:dQw4w9WgXcQ')]);
    for (const url of ['https://youtu.be/dQw4w9WgXcQ', 'https://m.youtube.com/watch?v=dQw4w9WgXcQ'])
      expect(await eventOnPage(url, server)).toMatchObject({ value: { found: 'listed' } });
  });

  it('PG2: the server hears five digits, never the address or the whole hash', async () => {
    const server = serverWith([]);
    await eventOnPage('https://conf.example/talk?token=secret', server);
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]).toMatch(/^[0-9a-f]{5}$/);
  });

  it('PG3: another event under the same prefix is not this one', async () => {
    const mine = await keyHash('web:conf.example/talk' as EventKey);
    const other = { ...(await entryFor('x')), keyHash: `${mine.slice(0, 5)}${'0'.repeat(59)}` };
    const found = await eventOnPage('https://conf.example/talk', serverWith([other]));
    expect(found).toMatchObject({ value: { found: 'unregistered' } });
  });

  it('PG4: a registration that names parameters is found by them, and by nothing else', async () => {
    const bare = await keyHash('web:conf.example/watch' as EventKey);
    const server = serverWith(
      [await entryFor('web:conf.example/watch?session=7')],
      [{ keyHash: bare, names: ['session'] }],
    );
    expect(
      await eventOnPage('https://conf.example/watch?token=abc&session=7', server),
    ).toMatchObject({ value: { found: 'listed' } });
    expect(await eventOnPage('https://conf.example/watch?session=8', server)).toMatchObject({
      value: { found: 'unregistered' },
    });
  });

  it('PG5: a page without an event says why', async () => {
    const server = serverWith([]);
    expect(await eventOnPage('https://www.youtube.com/@nasa/live', server)).toMatchObject({
      value: { found: 'noPlace', error: 'movingPointer' },
    });
    expect(server.asked).toEqual([]);
  });

  it('PG6: no server is a failure, not an unregistered page', async () => {
    const lookup = async () => fail({ reason: 'unreachable', message: '' } as const);
    expect(await eventOnPage('https://conf.example/talk', { lookup })).toMatchObject({ ok: false });
  });
});
