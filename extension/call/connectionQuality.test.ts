import { describe, expect, it } from 'vitest';
import { qualityStep, type ConnectionQuality, type QualityState } from './connectionQuality.ts';
import type { RtcSample } from './rtcSample.ts';

/** What a second of a call is like. */
interface Second {
  readonly lossIn?: number;
  readonly lossOut?: number;
  readonly frames?: number;
  readonly frozenMs?: number;
  readonly roundTripMs?: number;
  readonly bitrate?: number;
  readonly pictureDue?: boolean;
}

/** A call second by second; the shown quality after each. */
class FakeMinutes {
  /** Nothing comes at all; what was on its way counts as lost afterwards. */
  outage(seconds: number): void {
    for (let second = 0; second < seconds; second += 1) {
      this.#at += 1_000;
      this.state = qualityStep(this.state, this.#sample({ frames: 0 }), true);
    }
    this.#count.lost += seconds * 100;
  }

  state: QualityState | null = null;
  #at = 0;
  readonly #count = { frames: 0, packets: 0, lost: 0, frozenMs: 0 };

  pass(seconds: number, each: Second = {}): ConnectionQuality {
    for (let second = 0; second < seconds; second += 1) {
      this.#at += 1_000;
      const lost = Math.round(100 * (each.lossIn ?? 0));
      this.#count.lost += lost;
      this.#count.packets += 100 - lost;
      this.#count.frames += each.frames ?? 30;
      this.#count.frozenMs += each.frozenMs ?? 0;
      this.state = qualityStep(this.state, this.#sample(each), each.pictureDue ?? true);
    }
    return this.state!.shown;
  }

  #sample({ lossOut = 0, roundTripMs = 40, bitrate = 1_500_000 }: Second): RtcSample {
    const { frames, packets, lost, frozenMs } = this.#count;
    return {
      at: this.#at,
      bytesReceived: packets * 500,
      bytesSent: 0,
      lastPacketAt: this.#at,
      path: {
        own: 'host',
        partner: 'host',
        protocol: 'udp',
        relayProtocol: null,
        roundTripMs,
        availableOutgoingBitrate: bitrate,
      },
      videoIn: {
        packets,
        bytes: packets * 500,
        packetsLost: lost,
        jitterMs: 3,
        codec: 'video/VP8',
        framesDecoded: frames,
        keyFramesDecoded: 1,
        freezes: 0,
        frozenMs,
        width: 640,
        height: 480,
      },
      audioIn: null,
      videoOut: null,
      audioOut: { packets, bytes: 0, reportedLoss: lossOut, codec: 'audio/opus' },
    };
  }
}

const GOOD = { level: 'good', trouble: 'none' };

describe('words for a connection', () => {
  it.each<[string, Second, ConnectionQuality | typeof GOOD]>([
    ['nothing special', {}, GOOD],
    ['2 % loss', { lossIn: 0.02, lossOut: 0.02 }, GOOD],
    ['5 % loss on the way in', { lossIn: 0.05 }, { level: 'fair', trouble: 'incoming' }],
    ['30 % loss on the way in', { lossIn: 0.3 }, { level: 'poor', trouble: 'incoming' }],
    ['30 % loss on the way out', { lossOut: 0.3 }, { level: 'poor', trouble: 'outgoing' }],
    ['80 kbit/s on the way out', { bitrate: 80_000 }, { level: 'fair', trouble: 'outgoing' }],
    ['40 kbit/s on the way out', { bitrate: 40_000 }, { level: 'poor', trouble: 'outgoing' }],
    ['half a second there and back', { roundTripMs: 500 }, { level: 'fair', trouble: 'delay' }],
    ['a second there and back', { roundTripMs: 1_000 }, { level: 'poor', trouble: 'delay' }],
    ['short freezes', { frozenMs: 100 }, { level: 'fair', trouble: 'incoming' }],
    ['long freezes', { frozenMs: 400 }, { level: 'poor', trouble: 'incoming' }],
    ['no pictures at all', { frames: 0 }, { level: 'poor', trouble: 'incoming' }],
    ['no pictures from a camera that is off', { frames: 0, pictureDue: false }, GOOD],
  ])('SM19: %s', (_name, second, quality) => {
    expect(new FakeMinutes().pass(20, second)).toEqual(quality);
  });

  it('SM20: a bad second changes nothing; what lasts is said', () => {
    const call = new FakeMinutes();
    call.pass(20);
    expect(call.pass(1, { lossIn: 0.25 })).toEqual(GOOD);
    expect(call.pass(12)).toEqual(GOOD);
    expect(call.pass(1, { lossIn: 0.9 })).toEqual(GOOD);
    expect(call.pass(10, { lossIn: 0.3 }).level).toBe('poor');
  });

  it('SM20: a connection is called good again only after it has been good for a while', () => {
    const call = new FakeMinutes();
    call.pass(20, { lossIn: 0.3 });
    const words = Array.from({ length: 30 }, () => call.pass(1).level);
    // Ten seconds until the bad ones are forgotten, five in which it stays so.
    expect(words.indexOf('good')).toBeGreaterThanOrEqual(13);
    expect(words.at(-1)).toBe('good');
    // Once on the way up it does not turn back.
    expect(words.join().replaceAll(/(\w+)(,\1)+/g, '$1')).toMatch(/^poor,(fair,)?good$/);
  });

  it('SM20: an outage is no word for quality, neither while it lasts nor after it', () => {
    const call = new FakeMinutes();
    call.pass(20);
    call.outage(8);
    expect(call.state!.shown).toEqual(GOOD);
    expect(Array.from({ length: 20 }, () => call.pass(1))).toEqual(Array(20).fill(GOOD));
  });

  it('SM20: a connection that is weak after an outage is called so', () => {
    const call = new FakeMinutes();
    call.pass(20);
    call.outage(5);
    expect(call.pass(20, { lossIn: 0.3 }).level).toBe('poor');
  });

  it('SM20: a camera that was off for a while is no freeze when it comes back', () => {
    const call = new FakeMinutes();
    call.pass(20);
    call.pass(20, { frames: 0, pictureDue: false });
    expect(call.pass(1, { frozenMs: 20_000 })).toEqual(GOOD);
    expect(call.pass(20)).toEqual(GOOD);
  });
});
