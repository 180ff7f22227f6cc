import type { EventId, MemberId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import type { LobbyCounts } from '../domain/lobby/lobby.ts';
import type { LobbyPart } from '../domain/lobby/lobbyPart.ts';

export type { LobbyPart };

/** How people reach one node: at an address of its own, or below `/n/<name>` of the public one. */
export interface NodeAddress {
  readonly name: string;
  /** Without a slash at the end; null: below `/n/<name>`. */
  readonly url: string | null;
}

/** The sole right to run a lobby, until it is given back or lost. */
export interface Lease {
  /** Grows with every change of owner. */
  readonly epoch: number;
  /** Aborts when somebody else may run the lobby from now on. */
  readonly lost: AbortSignal;
  /** Whether nobody else can run the lobby at this moment, by this node's own clock. */
  holds(): boolean;
  /** Asks the directory; true: nobody else can have it for the whole time of a lease from now. */
  confirm(): Promise<boolean>;
  /** Free for others at once. */
  release(): Promise<void>;
}

/** What the directory wants of who runs a lobby. */
export interface LeaseHolder {
  /** Asked at each renewal: other nodes show them. */
  counts(): LobbyCounts;
  /** The event was changed through another node. */
  changed(): void;
}

export type NotOwned =
  | { readonly reason: 'elsewhere'; readonly owner: NodeAddress }
  | { readonly reason: 'unreachable' };

/** One of an event's lobbies that some node runs. */
export interface RunningPart {
  readonly part: number;
  readonly counts: LobbyCounts;
}

/** Which node runs which lobby, and who was sent to which part of an event. */
export interface Directory {
  /** This node among several; null when it is the only one. */
  readonly self: NodeAddress | null;
  /** Takes the lobby if it is free; else says who has it. */
  own(lobby: LobbyPart, holder: LeaseHolder): Promise<Result<Lease, NotOwned>>;
  /** The lobbies of these events that some node runs, as of their last renewal; of one without, nothing. */
  parts(eventIds: readonly EventId[]): Promise<ReadonlyMap<EventId, readonly RunningPart[]>>;
  /** The part this person was sent to within the last hours; null: nobody knows. */
  placeOf(eventId: EventId, member: MemberId): Promise<number | null>;
  keepPlace(lobby: LobbyPart, member: MemberId): Promise<void>;
  forgetPlace(eventId: EventId, member: MemberId): Promise<void>;
  /** Has whoever runs a lobby of the event read it again. */
  announceChange(eventId: EventId): Promise<void>;
  /** Whether lobbies can be found and taken at this moment; never throws. */
  works(): Promise<boolean>;
  close(): void;
}
