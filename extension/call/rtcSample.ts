import type { Millis } from '../../shared/ids.ts';

/**
 * One reading of a call's connection. Counters count since the beginning, as the browser gives them,
 * and may begin anew (a restart, a change of codec or of the offering side): `grownBy` knows that.
 * No address, no id and no device name is in it, so it may be shown, drawn and copied for support.
 */
export interface RtcSample {
  /** Monotonic, ms: the clock of `Timers`. */
  readonly at: Millis;
  /** Bytes that the transport has taken in, whatever they were. */
  readonly bytesReceived: number;
  readonly bytesSent: number;
  /** When the last packet came in, on the clock of `at`; null where the browser does not say. */
  readonly lastPacketAt: Millis | null;
  readonly path: PathSample | null;
  /** Null where no picture (no sound) was agreed on in this direction. */
  readonly videoIn: VideoInSample | null;
  readonly audioIn: AudioInSample | null;
  readonly videoOut: VideoOutSample | null;
  readonly audioOut: AudioOutSample | null;
}

export type CandidateKind = 'host' | 'srflx' | 'prflx' | 'relay';

/** The pair of candidates that carries the call. */
export interface PathSample {
  readonly own: CandidateKind;
  readonly partner: CandidateKind;
  readonly protocol: 'udp' | 'tcp';
  /** How this machine reaches its own relay; null without one. */
  readonly relayProtocol: 'udp' | 'tcp' | 'tls' | null;
  readonly roundTripMs: Millis | null;
  /** What the browser believes it may send, bits a second; Chromium only. */
  readonly availableOutgoingBitrate: number | null;
}

interface IncomingSample {
  readonly packets: number;
  readonly bytes: number;
  /** Can shrink: a late packet was no lost one. */
  readonly packetsLost: number;
  readonly jitterMs: Millis;
  /** `video/VP8`; empty until known. */
  readonly codec: string;
}

export interface VideoInSample extends IncomingSample {
  readonly framesDecoded: number;
  readonly keyFramesDecoded: number;
  /** Counted only once it is over. */
  readonly freezes: number;
  readonly frozenMs: Millis;
  readonly width: number;
  readonly height: number;
}

export type AudioInSample = IncomingSample;

interface OutgoingSample {
  readonly packets: number;
  readonly bytes: number;
  /** Share of what was sent that the partner reports as lost of late, 0–1; null until reported. */
  readonly reportedLoss: number | null;
  readonly codec: string;
}

export interface VideoOutSample extends OutgoingSample {
  readonly framesSent: number;
  readonly width: number;
  readonly height: number;
  /** Why less than the camera's picture is sent; Chromium only. */
  readonly limitedBy: 'none' | 'cpu' | 'bandwidth' | 'other' | null;
}

export type AudioOutSample = OutgoingSample;

/** How much a counter has grown between two samples; after a new beginning, what it counts since. */
export function grownBy(before: number, now: number): number {
  return now < before ? now : now - before;
}
