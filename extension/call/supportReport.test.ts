import { describe, expect, it } from 'vitest';
import { fakeSamples } from './fakeSamples.ts';
import type { RtcSample } from './rtcSample.ts';
import { supportReport, type SupportFacts } from './supportReport.ts';

const FACTS: SupportFacts = {
  version: '0.1.0',
  browser: 'Chromium 156',
  samples: fakeSamples(5),
  quality: { level: 'fair', trouble: 'delay' },
  verdicts: [{ at: 3_000, kind: 'networkStall' }],
};

const PERSONAL = [
  'Ada Lovelace',
  '198.51.100.7',
  '2001:db8::7',
  'fd00::2',
  'b0ab5bf9-02ef-4629-acd6-571df2e295a3.local',
  'match0123456789',
  'Logitech BRIO (046d:085e)',
  'turn:relay.example:3478',
  'https://conf.example/talk?token=secret',
];

/** The same shape, with something personal in the place of every text and beside every field. */
function stuffed<T>(value: T, secret: string): T {
  if (typeof value === 'string') return secret as T;
  if (Array.isArray(value)) return value.map((one: unknown) => stuffed(one, secret)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, stuffed(one as unknown, secret)]);
  return Object.fromEntries([...entries, ['label', secret], [secret, secret]]) as T;
}

describe('copy for support', () => {
  it('SM23: says how the connection is and was', () => {
    const report = JSON.parse(supportReport(FACTS)) as Record<string, unknown>;
    expect(report).toMatchObject({
      foyer: '0.1.0',
      browser: 'Chromium 156',
      quality: { level: 'fair', trouble: 'delay' },
      path: { own: 'relay', partner: 'srflx', protocol: 'udp', relayProtocol: 'tcp' },
      incoming: { video: { codec: 'video/VP8', width: 640 }, audio: { codec: 'audio/opus' } },
      outgoing: { video: { limitedBy: 'none' } },
      verdicts: [{ secondsAgo: 2, verdict: 'networkStall' }],
    });
    expect(report['lastMinute']).toHaveLength(4);
  });

  it.each(PERSONAL)('SM24: %s does not get into it, wherever it stands', (secret) => {
    expect(supportReport(stuffed(FACTS, secret))).not.toContain(secret);
    const numbers = { ...fakeSamples(1)[0], bytesReceived: secret, path: { roundTripMs: secret } };
    const samples = [numbers, { ...numbers, at: 9_000 }] as unknown as RtcSample[];
    expect(supportReport({ ...FACTS, samples })).not.toContain(secret);
  });

  it('SM24: nor does a time of day', () => {
    const now = 1_795_251_734_680;
    const samples = FACTS.samples.map((sample) => ({ ...sample, at: now + sample.at }));
    const verdicts = [{ at: now + 3_000, kind: 'networkStall' as const }];
    expect(supportReport({ ...FACTS, samples, verdicts })).toBe(supportReport(FACTS));
  });

  it('SM23: says nothing where there is nothing yet', () => {
    const report = JSON.parse(supportReport({ ...FACTS, samples: [] })) as Record<string, unknown>;
    expect(report).toMatchObject({ path: null, incoming: { audio: null }, lastMinute: [] });
  });
});
