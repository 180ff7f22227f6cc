import { describe, expect, it } from 'vitest';
import { rtcSampleOf } from './rtcSample.ts';

const READ_AT = 50_000;
/** The statistics' own clock: epoch, ms. */
const CLOCK = 1_795_251_734_680;
const SECRETS = {
  address: '198.51.100.7',
  ip: '198.51.100.7',
  port: 54_596,
  url: 'turn:relay.example:3478',
  usernameFragment: 'FkBL',
  trackIdentifier: 'b0ab5bf9-02ef-4629-acd6-571df2e295a3',
  ssrc: 1_436_985_338,
};

function reportsOf(...reports: { id: string; type: string }[]) {
  const stamped = reports.map((report) => ({ timestamp: CLOCK, ...SECRETS, ...report }));
  return new Map(stamped.map((report) => [report.id, report]));
}

const CODECS = [
  { id: 'CV', type: 'codec', mimeType: 'video/VP8', payloadType: 96 },
  { id: 'CA', type: 'codec', mimeType: 'audio/opus', payloadType: 111 },
];
const VIDEO_IN = {
  id: 'IV',
  type: 'inbound-rtp',
  kind: 'video',
  codecId: 'CV',
  packetsReceived: 251,
  bytesReceived: 234_059,
  packetsLost: 3,
  jitter: 0.004,
  framesDecoded: 77,
  keyFramesDecoded: 1,
  freezeCount: 2,
  totalFreezesDuration: 1.5,
  frameWidth: 640,
  frameHeight: 480,
};
const AUDIO_IN = {
  id: 'IA',
  type: 'inbound-rtp',
  kind: 'audio',
  codecId: 'CA',
  packetsReceived: 199,
  bytesReceived: 9_613,
  packetsLost: 0,
  jitter: 0.001,
};
const VIDEO_OUT = {
  id: 'OV',
  type: 'outbound-rtp',
  kind: 'video',
  codecId: 'CV',
  packetsSent: 250,
  bytesSent: 231_958,
  framesSent: 79,
  frameWidth: 320,
  frameHeight: 240,
  qualityLimitationReason: 'bandwidth',
};
const AUDIO_OUT = {
  id: 'OA',
  type: 'outbound-rtp',
  kind: 'audio',
  codecId: 'CA',
  packetsSent: 199,
  bytesSent: 9_613,
};
const HEARD = {
  id: 'RIV',
  type: 'remote-inbound-rtp',
  kind: 'video',
  fractionLost: 0.05,
  roundTripTime: 0.031,
};
const PAIR = {
  id: 'CP',
  type: 'candidate-pair',
  state: 'succeeded',
  nominated: true,
  bytesReceived: 267_880,
  bytesSent: 265_474,
  currentRoundTripTime: 0.044,
  lastPacketReceivedTimestamp: CLOCK - 12,
  localCandidateId: 'L',
  remoteCandidateId: 'R',
};
const OWN = {
  id: 'L',
  type: 'local-candidate',
  candidateType: 'relay',
  protocol: 'udp',
  relayProtocol: 'tls',
};
const PARTNER = { id: 'R', type: 'remote-candidate', candidateType: 'prflx', protocol: 'udp' };

/** As Chromium 156 tells it: a transport that names its pair. */
const CHROMIUM = reportsOf(
  ...CODECS,
  VIDEO_IN,
  AUDIO_IN,
  VIDEO_OUT,
  AUDIO_OUT,
  HEARD,
  { ...PAIR, availableOutgoingBitrate: 3_558_769 } as typeof PAIR,
  OWN,
  PARTNER,
  {
    id: 'T01',
    type: 'transport',
    selectedCandidatePairId: 'CP',
    bytesReceived: 300_000,
    bytesSent: 290_000,
  } as { id: string; type: string },
);

/** As Firefox ESR tells it: no transport, a selected pair, no estimate of the way out. */
const FIREFOX = reportsOf(
  ...CODECS,
  VIDEO_IN,
  AUDIO_IN,
  { ...VIDEO_OUT, qualityLimitationReason: undefined } as { id: string; type: string },
  AUDIO_OUT,
  HEARD,
  { ...PAIR, selected: true } as typeof PAIR,
  OWN,
  PARTNER,
);

describe('one reading of a connection', () => {
  it('SM10: Chromium’s statistics become a sample', () => {
    expect(rtcSampleOf(CHROMIUM, READ_AT)).toEqual({
      at: READ_AT,
      bytesReceived: 300_000,
      bytesSent: 290_000,
      lastPacketAt: READ_AT - 12,
      path: {
        own: 'relay',
        partner: 'prflx',
        protocol: 'udp',
        relayProtocol: 'tls',
        roundTripMs: 31,
        availableOutgoingBitrate: 3_558_769,
      },
      videoIn: {
        packets: 251,
        bytes: 234_059,
        packetsLost: 3,
        jitterMs: 4,
        codec: 'video/VP8',
        framesDecoded: 77,
        keyFramesDecoded: 1,
        freezes: 2,
        frozenMs: 1_500,
        width: 640,
        height: 480,
      },
      audioIn: { packets: 199, bytes: 9_613, packetsLost: 0, jitterMs: 1, codec: 'audio/opus' },
      videoOut: {
        packets: 250,
        bytes: 231_958,
        reportedLoss: 0.05,
        codec: 'video/VP8',
        framesSent: 79,
        width: 320,
        height: 240,
        limitedBy: 'bandwidth',
      },
      audioOut: { packets: 199, bytes: 9_613, reportedLoss: null, codec: 'audio/opus' },
    });
  });

  it('SM10: Firefox’s statistics become the same, without what it does not tell', () => {
    const chromium = rtcSampleOf(CHROMIUM, READ_AT);
    const firefox = rtcSampleOf(FIREFOX, READ_AT);
    expect(firefox).toMatchObject({
      bytesReceived: 267_880,
      bytesSent: 265_474,
      lastPacketAt: READ_AT - 12,
      path: { own: 'relay', partner: 'prflx', roundTripMs: 31, availableOutgoingBitrate: null },
      videoIn: chromium.videoIn,
      audioIn: chromium.audioIn,
      videoOut: { ...chromium.videoOut, limitedBy: null },
    });
  });

  it('SM10: a connection that has only begun is all nothing', () => {
    expect(rtcSampleOf(new Map(), READ_AT)).toEqual({
      at: READ_AT,
      bytesReceived: 0,
      bytesSent: 0,
      lastPacketAt: null,
      path: null,
      videoIn: null,
      audioIn: null,
      videoOut: null,
      audioOut: null,
    });
  });

  it('SM11: no address, id or name that a browser tells is in a sample', () => {
    const strange = reportsOf(
      ...[...CHROMIUM.values()].map((report) => ({ ...report, ...SECRETS })),
      {
        id: 'CV',
        type: 'codec',
        mimeType: 'video/VP8 from 198.51.100.7',
      } as { id: string; type: string },
    );
    const written = JSON.stringify(rtcSampleOf(strange, READ_AT));
    for (const secret of Object.values(SECRETS)) expect(written).not.toContain(String(secret));
    expect(written).not.toContain(String(CLOCK));
  });
});
