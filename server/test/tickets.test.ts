import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventId, MemberId } from '../../shared/ids.ts';
import { decode } from '../../shared/protocol/decode.ts';
import { DisplayNameField, TicketField } from '../../shared/protocol/fields.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import type { SettingRepository } from '../ports/settingRepository.ts';
import { randomMint } from '../runtime/randomMint.ts';
import { SERVER_LIMITS } from '../runtime/serverLimits.ts';
import { TicketKeys } from '../runtime/ticketKeys.ts';
import { Tickets } from '../runtime/tickets.ts';
import { openTicket, sealTicket } from '../runtime/ticketSeal.ts';
import { SettingsInMemory } from './settingsInMemory.ts';
import { TestClock } from './testClock.ts';

const log = pino({ level: 'silent' });
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TTL = LIMITS.ticketTtlMs;
const ANN = {
  lobby: { eventId: 'e1e1e1e1e1e1e1e1e1e1e1e1' as EventId, part: 1 },
  member: 'a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1' as MemberId,
  name: 'Ann «ü» 👩‍🚀',
};

let clock: TestClock;
let settings: SettingRepository;
let stop: AbortController;
beforeEach(() => {
  clock = new TestClock();
  settings = new SettingsInMemory();
  stop = new AbortController();
});
afterEach(() => stop.abort());

/** A node as it starts now. */
async function startNode(node = 'main', itsClock = clock) {
  const limits = SERVER_LIMITS;
  const parts = { settings, clock: itsClock, mint: randomMint, limits, log, signal: stop.signal };
  const keys = await TicketKeys.open(parts);
  const ttlMs = limits.ticketTtlMs;
  const tickets = new Tickets({ clock: itsClock, mint: randomMint, keys, node, ttlMs });
  return { tickets, keys };
}
/** What refreshing on a timer has begun is over. */
const settled = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};
async function pass(duration: number) {
  for (let passed = 0; passed < duration; passed += 5 * MINUTE) {
    clock.pass(Math.min(5 * MINUTE, duration - passed));
    await settled();
  }
}

describe('one ticket', () => {
  it('TK1: admits whom it was issued to, once', async () => {
    const { tickets } = await startNode();
    const ticket = tickets.issue(ANN);
    expect(tickets.redeem(ticket)).toEqual(ANN);
    expect(tickets.redeem(ticket)).toBeNull();
    expect(tickets.issue(ANN)).not.toBe(tickets.issue(ANN));
  });

  it('TK2: lives for a minute', async () => {
    const { tickets } = await startNode();
    const [early, late] = [tickets.issue(ANN), tickets.issue(ANN)];
    clock.pass(TTL - 1);
    expect(tickets.redeem(early)).toEqual(ANN);
    clock.pass(1);
    expect(tickets.redeem(late)).toBeNull();
  });

  it('TK2: a used one stays used for as long as it lives, and is forgotten afterwards', async () => {
    const { tickets } = await startNode();
    const ticket = tickets.issue(ANN);
    tickets.redeem(ticket);
    for (let passed = 0; passed < 3 * TTL; passed += TTL / 4) {
      expect(tickets.redeem(ticket)).toBeNull();
      clock.pass(TTL / 4);
    }
    expect(tickets.remembered).toBe(0);
  });

  it('TK3: one for another node is refused, also with the same keys', async () => {
    const [here, there] = [await startNode('north'), await startNode('south')];
    const ticket = here.tickets.issue(ANN, 'south');
    expect(here.tickets.redeem(ticket)).toBeNull();
    expect(there.tickets.redeem(ticket)).toEqual(ANN);
  });

  it('TK4: fits the protocol, however long the name', async () => {
    const { tickets } = await startNode('n'.repeat(32));
    const longest = ['👩‍🚀', '𝕬', '"', '\\', 'ü'].map((sign) =>
      sign.repeat(LIMITS.displayNameLength),
    );
    for (const text of longest) {
      const name = decode(DisplayNameField, [...text].slice(0, LIMITS.displayNameLength).join(''));
      if (!name.ok) throw new Error(name.error.detail);
      const ticket = tickets.issue({ ...ANN, name: name.value });
      expect(decode(TicketField, ticket).ok).toBe(true);
      expect(tickets.redeem(ticket)?.name).toBe(name.value);
    }
  });

  it('TK5: one that was changed anywhere is refused', async () => {
    const { tickets, keys } = await startNode();
    const ticket = tickets.issue(ANN);
    const place = fc.nat(ticket.length - 1);
    const sign = fc.constantFrom(...'ABCXYZabcxyz0189-_=. ');
    fc.assert(
      fc.property(place, sign, (at, other) => {
        const changed = ticket.slice(0, at) + other + ticket.slice(at + 1);
        fc.pre(changed !== ticket);
        expect(openTicket(changed, (id) => keys.find(id))).toBeNull();
      }),
      { numRuns: 5_000 },
    );
    expect(tickets.redeem(`${ticket}=`)).toBeNull();
    expect(tickets.redeem(ticket.slice(0, -1))).toBeNull();
    expect(tickets.redeem(ticket)).toEqual(ANN);
  });

  it('TK5: nothing that somebody makes up is a ticket, and nothing throws', async () => {
    const { tickets, keys } = await startNode();
    const keyId = Buffer.from(keys.signing().id, 'hex');
    const bytes = fc.uint8Array({ maxLength: 400 });
    const text = fc.oneof(
      fc.string({ maxLength: 900 }),
      bytes.map((some) => Buffer.from(some).toString('base64url')),
      bytes.map((some) => Buffer.concat([keyId, some]).toString('base64url')),
    );
    fc.assert(
      fc.property(text, (made) => {
        expect(tickets.redeem(made)).toBeNull();
      }),
      { numRuns: 20_000 },
    );
  });

  it('TK5: what is sealed with our key and says something else than a ticket is refused', async () => {
    const { keys } = await startNode();
    const claims = { ...ANN, seat: 'x', node: 'main', expiresAt: clock.date().getTime() + 1 };
    const sealed = sealTicket(claims as Parameters<typeof sealTicket>[0], keys.signing());
    expect(openTicket(sealed, (id) => keys.find(id))).toBeNull();
  });

  it('TK6: a key of another installation signs nothing here', async () => {
    const { tickets } = await startNode();
    settings = new SettingsInMemory();
    const elsewhere = await startNode();
    expect(tickets.redeem(elsewhere.tickets.issue(ANN))).toBeNull();
  });

  it('TK7: one from before this process started is refused: it may have been used', async () => {
    const before = await startNode();
    const ticket = before.tickets.issue(ANN);
    expect(before.tickets.redeem(ticket)).toEqual(ANN);
    clock.pass(1_000);
    const after = await startNode();
    expect(after.tickets.redeem(ticket)).toBeNull();
    expect(after.tickets.redeem(after.tickets.issue(ANN))).toEqual(ANN);
  });

  it.each([-5_000, -TTL, -HOUR, 5_000, HOUR])(
    'TK8: a calendar that jumps by %i ms revives no used ticket, and new ones work at once',
    async (jump) => {
      const { tickets } = await startNode();
      clock.pass(HOUR);
      const used = tickets.issue(ANN);
      tickets.redeem(used);
      clock.setCalendar(jump);
      for (let passed = 0; passed < Math.abs(jump) + 2 * TTL; passed += TTL / 2) {
        expect(tickets.redeem(used)).toBeNull();
        expect(tickets.redeem(tickets.issue(ANN))).toEqual(ANN);
        clock.pass(TTL / 2);
      }
    },
  );

  it('TK8: a calendar that is put back gives an unused ticket no second minute', async () => {
    const { tickets } = await startNode();
    clock.pass(HOUR);
    const ticket = tickets.issue(ANN);
    clock.setCalendar(-HOUR);
    clock.pass(TTL);
    expect(tickets.redeem(ticket)).toBeNull();
  });

  it('TK8: a calendar that jumps there and back again revives no used ticket', async () => {
    const { tickets } = await startNode();
    const used = tickets.issue(ANN);
    tickets.redeem(used);
    clock.setCalendar(HOUR);
    expect(tickets.redeem(tickets.issue(ANN))).toEqual(ANN);
    clock.setCalendar(-HOUR);
    expect(tickets.redeem(used)).toBeNull();
  });
});

describe('the keys', () => {
  it('TK9: a new one signs each day, and the tickets of the one before stay good', async () => {
    const { tickets, keys } = await startNode();
    const first = keys.signing().id;
    await pass(DAY - MINUTE);
    expect(keys.signing().id).toBe(first);
    const [one, two] = [tickets.issue(ANN), tickets.issue(ANN)];
    await pass(TTL - 1);
    expect(tickets.redeem(one)).toEqual(ANN);
    await pass(1);
    expect(keys.signing().id).not.toBe(first);
    expect(tickets.redeem(two)).toBeNull();
    expect(keys.find(first)).not.toBeNull();
    await pass(2 * TTL);
    expect(keys.find(first)).toBeNull();
  });

  it('TK9: a ticket that was signed just before the change is good for its minute', async () => {
    const { tickets, keys } = await startNode();
    const first = keys.signing().id;
    await pass(DAY - 1_000);
    const ticket = tickets.issue(ANN);
    await pass(2_000);
    expect(keys.signing().id).not.toBe(first);
    expect(tickets.redeem(ticket)).toEqual(ANN);
  });

  it('TK10: all nodes know a key before any of them signs with it', async () => {
    const nodes = [await startNode('main')];
    clock.pass(2 * MINUTE);
    nodes.push(await startNode('main'));
    let changes = 0;
    for (let passed = 0; passed < 2 * DAY; passed += MINUTE) {
      clock.pass(MINUTE);
      await settled();
      const ids = nodes.map(({ keys }) => keys.signing().id);
      for (const { keys } of nodes) for (const id of ids) expect(keys.find(id)).not.toBeNull();
      expect(new Set(ids).size).toBe(1);
      changes += passed > 0 && passed % DAY === 0 ? 1 : 0;
    }
    expect(changes).toBe(1);
  });

  it('TK11: an operator’s new key signs within a quarter of an hour, and the old ones then serve no more', async () => {
    const [here, there] = [await startNode(), await startNode()];
    const old = here.keys.signing();
    await pass(HOUR);
    await here.keys.rotate();
    await pass(SERVER_LIMITS.ticketKeyLeadMs);
    const fresh = here.keys.signing();
    expect(fresh.id).not.toBe(old.id);
    expect(there.keys.signing()).toEqual(fresh);
    await pass(2 * TTL);
    expect([here, there].map(({ keys }) => keys.find(old.id))).toEqual([null, null]);
    await here.keys.rotate();
    const kept = await settings.keep('ticketKeys', () => '');
    expect(kept).not.toContain(old.secret);
  });

  it('TK12: while the settings cannot be read the known keys serve on', async () => {
    const { tickets } = await startNode();
    settings.change = () => Promise.reject(new Error('The database is away.'));
    await pass(3 * DAY);
    expect(tickets.redeem(tickets.issue(ANN))).toEqual(ANN);
  });

  it('TK12: settings that hold something else are replaced', async () => {
    for (const text of ['', '{', '[]', '[{"id":"x"}]', randomBytes(20).toString('hex')]) {
      settings = new SettingsInMemory([['ticketKeys', text]]);
      const { tickets } = await startNode();
      expect(tickets.redeem(tickets.issue(ANN))).toEqual(ANN);
    }
  });
});
