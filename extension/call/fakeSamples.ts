import type { RtcSample } from './rtcSample.ts';

/** What of a second of a call is unlike an ordinary one. */
export interface FakeSecond {
  readonly roundTripMs?: number;
  /** Of 80 packets. */
  readonly lost?: number;
  readonly frames?: number;
  readonly bytes?: number;
}

/** Samples of a call over a relay, one a second; `second` says what each was like. */
export function fakeSamples(
  seconds: number,
  second: (index: number) => FakeSecond = () => ({}),
): RtcSample[] {
  const count = { packets: 0, lost: 0, frames: 0, bytes: 0 };
  return Array.from({ length: seconds }, (_, index) => {
    const { roundTripMs = 40, lost = 0, frames = 30, bytes = 100_000 } = second(index);
    count.packets += 80 - lost;
    count.lost += lost;
    count.frames += frames;
    count.bytes += bytes;
    return sampleAt(1_000 * (index + 1), count, roundTripMs);
  });
}

function sampleAt(
  at: number,
  {
    packets,
    lost,
    frames,
    bytes,
  }: { packets: number; lost: number; frames: number; bytes: number },
  roundTripMs: number,
): RtcSample {
  const sent = { packets, bytes: bytes * 0.9, reportedLoss: 0 };
  const size = { width: 640, height: 480 };
  return {
    at,
    bytesReceived: bytes,
    bytesSent: 0.9 * bytes,
    lastPacketAt: at - 10,
    path: {
      own: 'relay',
      partner: 'srflx',
      protocol: 'udp',
      relayProtocol: 'tcp',
      roundTripMs,
      availableOutgoingBitrate: 2_400_000,
    },
    videoIn: {
      ...size,
      packets,
      bytes,
      packetsLost: lost,
      jitterMs: 4,
      codec: 'video/VP8',
      framesDecoded: frames,
      keyFramesDecoded: 1,
      freezes: 0,
      frozenMs: 0,
    },
    audioIn: { packets: 0, bytes: 0, packetsLost: 0, jitterMs: 2, codec: 'audio/opus' },
    videoOut: { ...size, ...sent, framesSent: frames, limitedBy: 'none', codec: 'video/VP8' },
    audioOut: { ...sent, codec: 'audio/opus' },
  };
}
