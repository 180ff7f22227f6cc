import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

/** PostgreSQL, from version 15; PGlite is one. No names, no network addresses, no secrets. */

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const events = pgTable('events', {
  id: text().primaryKey(),
  title: text().notNull(),
  visibility: text({ enum: ['listed', 'unlisted'] }).notNull(),
  callSeconds: integer('call_seconds').notNull(),
  opensAt: moment('opens_at'),
  closesAt: moment('closes_at'),
  /** When its owner closed it; null while it may be entered. */
  closedAt: moment('closed_at'),
  /** By its owner: nobody is introduced to anybody. */
  paused: boolean().notNull().default(false),
  /** Both or neither: when the first round is, and how long after each the next one. */
  roundsFrom: moment('rounds_from'),
  roundMinutes: integer('round_minutes'),
  relayOnly: boolean('relay_only').notNull().default(false),
  /** Who leaves a call earlier waits out the rest; 0: nobody does. */
  minimumSeconds: integer('minimum_seconds').notNull().default(0),
  /** Counts up when the owner lets those who have met meet again. */
  cycle: integer().notNull().default(1),
  groups: text({ enum: ['anybody', 'notWithin', 'onlyWithin'] })
    .notNull()
    .default('anybody'),
  languages: text({ enum: ['any', 'shared'] })
    .notNull()
    .default('any'),
  ownerSecretHash: text('owner_secret_hash').notNull(),
  inviteTokenHash: text('invite_token_hash'),
  createdAt: moment('created_at').notNull(),
});

export const eventKeys = pgTable(
  'event_keys',
  {
    eventId: text('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
    key: text().notNull(),
    keyHash: text('key_hash').notNull(),
    bareKeyHash: text('bare_key_hash').notNull(),
    url: text().notNull(),
    parameters: text().array().notNull(),
    listed: boolean().notNull(),
    /** Of a listed event that is not closed: no second one may have the same key. */
    claimed: boolean().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.eventId, table.position] }),
    uniqueIndex('event_keys_claimed')
      .on(table.keyHash)
      .where(sql`${table.claimed}`),
    index('event_keys_lookup').on(table.keyHash),
    index('event_keys_bare_lookup').on(table.bareKeyHash),
  ],
);

/** A pair in the order of its ids, so that there is one row whoever came first. */
const pairOfEvent = () => ({
  eventId: text('event_id')
    .notNull()
    .references(() => events.id, { onDelete: 'cascade' }),
  lowMember: text('low_member').notNull(),
  highMember: text('high_member').notNull(),
});

export const metPairs = pgTable(
  'met_pairs',
  {
    ...pairOfEvent(),
    /** The event's when they met: in each they meet once. */
    cycle: integer().notNull().default(1),
    metAt: moment('met_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.eventId, table.cycle, table.lowMember, table.highMember] }),
    // In the order of JavaScript's strings; without it the same pair could stand in both orders.
    check('met_pairs_ordered', sql`${table.lowMember} < ${table.highMember} collate "C"`),
  ],
);

/** Of whom one has blocked the other; which one is nobody's business. */
export const blockedPairs = pgTable(
  'blocked_pairs',
  {
    ...pairOfEvent(),
  },
  (table) => [
    primaryKey({ columns: [table.eventId, table.lowMember, table.highMember] }),
    check('blocked_pairs_ordered', sql`${table.lowMember} < ${table.highMember} collate "C"`),
  ],
);

export const settings = pgTable('settings', {
  name: text().primaryKey(),
  value: text().notNull(),
});
