import type { Clock } from '../ports/clock.ts';
import type { EventRepository } from '../ports/eventRepository.ts';
import type { IceServerSource } from '../ports/iceServerSource.ts';
import type { MetPairRepository } from '../ports/metPairRepository.ts';
import type { Mint } from '../ports/mint.ts';
import type { ReadinessCheck } from '../ports/readinessCheck.ts';
import type { Tally } from '../ports/tally.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { Tracer } from '../ports/tracer.ts';
import type { AllowedOrigins } from '../runtime/allowedOrigins.ts';
import type { EntryLimit } from '../runtime/entryLimit.ts';
import type { LobbyRegistry } from '../runtime/lobbyRegistry.ts';
import type { Pseudonyms } from '../runtime/pseudonyms.ts';
import type { Seating } from '../runtime/seating.ts';
import type { Tickets } from '../runtime/tickets.ts';

/** All that the routes are made of; each takes only what it needs. */
export interface HttpParts {
  readonly events: EventRepository;
  readonly metPairs: MetPairRepository;
  readonly lobbies: LobbyRegistry;
  readonly seating: Seating;
  readonly tickets: Tickets;
  readonly pseudonyms: Pseudonyms;
  readonly entries: EntryLimit;
  /** Of all nodes. */
  readonly tally: Tally;
  readonly iceServers: IceServerSource;
  readonly clock: Clock;
  readonly mint: Mint;
  readonly origins: AllowedOrigins;
  readonly telemetry: Telemetry;
  readonly tracer: Tracer;
  readonly readinessChecks: readonly ReadinessCheck[];
  /** Without a slash at the end; null: each request's own host. */
  readonly publicUrl: string | null;
  readonly ratePerMinute: number;
  /** The built pages. */
  readonly webRoot: string;
  /** Aborted when the server begins to stop. */
  readonly stopping: AbortSignal;
}
