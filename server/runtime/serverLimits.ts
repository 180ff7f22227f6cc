import type { Millis } from '../../shared/ids.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';

type Widened<T> = {
  readonly [K in keyof T]: T[K] extends readonly number[] ? readonly number[] : number;
};

/** Every duration and size the server keeps; tests shorten some to see a whole call in a moment. */
export interface ServerLimits extends Widened<typeof LIMITS> {
  /**
   * People in one lobby; more of an event are in further ones. Nobody meets so many, and one core
   * carries them (docs/operation/sizing.md).
   */
  readonly membersPerLobby: number;
  /** Between two counts told to somebody who talks: on the toolbar they are a number beside the call. */
  readonly presenceInCallMs: Millis;
  /** Presence goes to so many people of one lobby a second; among more it is told less often. */
  readonly presenceFramesPerSecond: number;
  /** How long a second of conversation lasts. */
  readonly callSecondMs: Millis;
  /** Matching rests after a storage failure: long enough not to spin, short enough not to notice. */
  readonly storagePauseMs: Millis;
  /** Among more people than these, pairing at once beats waiting for a better pair (simulated). */
  readonly smallLobbySize: number;
  /** A pair may be held for so long; nobody notices two seconds in a queue. */
  readonly smallLobbyHoldMs: Millis;
  /** Half a usual call: who was left over waits for one, and has by then seen that nobody comes. */
  readonly trioAfterMs: Millis;
  /** As long as for any other question; two who could talk wait for it. */
  readonly trioAnswerMs: Millis;
  /** An empty lobby is kept this long, so that a ticket finds its lobby warm. */
  readonly idleLobbyMs: Millis;
  /** Who waits or talks for so long gets fresh ICE servers: long before their credentials end. */
  readonly iceServersRenewMs: Millis;
  /** What relay services are asked for. Ten minutes: no use to whoever steals them. */
  readonly relayCredentialMs: Millis;
  /** A relay service that has not answered by then does not; the first member of a lobby waits so long. */
  readonly relayTimeoutMs: Millis;
  /** Between two looks whether one's own relay is there, which costs it a packet. */
  readonly relayProbeMs: Millis;
  /** Three datagrams, half a second apart, and the last one's way back. */
  readonly relayProbeTimeoutMs: Millis;
  /** Between two of the server's pings on a lobby socket. */
  readonly socketPingMs: Millis;
  /**
   * A socket that has been silent this long, pings included, is dead: a ping and 2.5 s for its answer.
   * Looked for four times a ping, so that nobody is taken for alive for more than 15 s.
   */
  readonly socketSilenceMs: Millis;
  /** A socket whose close frame is not answered for this long is cut off. */
  readonly socketCloseMs: Millis;
  /** A lobby that breaks more often than this within `lobbyCrashesMs` starts anew from nothing. */
  readonly lobbyCrashes: number;
  readonly lobbyCrashesMs: Millis;
  /** A broken lobby does not wait longer for what the storage knows. */
  readonly renewTimeoutMs: Millis;
  /** Those whom a stopping server sends away go within this time, one after the other. */
  readonly drainMs: Millis;
  /** A thousand who come back are a second's work. */
  readonly drainEachMs: Millis;
  /**
   * How often one device may join one event, and one seat may change its socket: a network that comes
   * and goes makes an honest client come back every few seconds.
   */
  readonly entriesPerMinute: number;
  /** Until a request's header is complete; it fits one packet, and half of one costs a connection. */
  readonly requestHeaderMs: Millis;
  /** Until a whole request is here, over a slow radio. */
  readonly requestMs: Millis;
  /** Open at a time from one network address: two for each of a lecture hall behind one of them. */
  readonly socketsPerAddress: number;
  /**
   * Said by all sockets of one address together. For a lecture hall of 2,000 behind one of them: two
   * frames and 2 kB a second for each, and, when a round begins, twenty frames and 16 kB at once. Of
   * forty people behind one address each may use all that a socket of their own may.
   */
  readonly addressFramesPerSecond: number;
  readonly addressFrameBurst: number;
  readonly addressBytesPerSecond: number;
  readonly addressByteBurst: number;
  /** Of one message. Browsers cut a large one in a few pieces; a thousand tiny ones are an attack. */
  readonly fragmentsPerMessage: number;
  /** A ticket key is replaced after a day. */
  readonly ticketKeyLifeMs: Millis;
  /** A new ticket key is known this long before it signs: two readings, and one that fails. */
  readonly ticketKeyLeadMs: Millis;
  /** Between two readings of the ticket keys, which another node may have changed. */
  readonly ticketKeyRefreshMs: Millis;
  /** What is kept of people is forgotten so long after their event has ended. */
  readonly retentionMs: Millis;
  /** An event without an end in which nobody met anybody for so long is taken for over. */
  readonly idleRetentionMs: Millis;
  /** Between two looks for events that ended so long ago. */
  readonly retentionEveryMs: Millis;
  /** At the broker, for a client that does not read or is not there yet; bytes. */
  readonly brokerBacklogBytes: number;
}

export const SERVER_LIMITS: ServerLimits = {
  ...LIMITS,
  membersPerLobby: 5_000,
  presenceInCallMs: 10_000,
  presenceFramesPerSecond: 2_000,
  callSecondMs: 1_000,
  storagePauseMs: 1_000,
  smallLobbySize: 20,
  smallLobbyHoldMs: 2_000,
  trioAfterMs: 60_000,
  trioAnswerMs: LIMITS.readyCheckMs,
  idleLobbyMs: LIMITS.ticketTtlMs,
  iceServersRenewMs: 240_000,
  relayCredentialMs: 600_000,
  relayTimeoutMs: 3_000,
  relayProbeMs: 30_000,
  relayProbeTimeoutMs: 2_000,
  socketPingMs: 10_000,
  socketSilenceMs: 12_500,
  socketCloseMs: 5_000,
  lobbyCrashes: 5,
  lobbyCrashesMs: 60_000,
  renewTimeoutMs: 500,
  drainMs: 1_500,
  drainEachMs: 1,
  entriesPerMinute: 30,
  requestHeaderMs: 10_000,
  requestMs: 15_000,
  socketsPerAddress: 4_000,
  addressFramesPerSecond: 4_000,
  addressFrameBurst: 40_000,
  addressBytesPerSecond: 4_194_304,
  addressByteBurst: 33_554_432,
  fragmentsPerMessage: 64,
  brokerBacklogBytes: 262_144,
  ticketKeyLifeMs: 86_400_000,
  ticketKeyLeadMs: 900_000,
  ticketKeyRefreshMs: 300_000,
  retentionMs: 86_400_000,
  idleRetentionMs: 2_592_000_000,
  retentionEveryMs: 3_600_000,
};
