import { expect, it } from 'vitest';
import type { VideoCodec } from '../../../shared/codecs/capabilities.ts';
import { planCodecs } from './planCodecs.ts';

/** As Chromium offers it, shortened. */
const OFFER = [
  'v=0',
  'o=- 4611731400430051336 2 IN IP4 127.0.0.1',
  'a=group:BUNDLE 0 1 2',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0',
  'a=rtpmap:111 opus/48000/2',
  'a=rtcp-fb:111 transport-cc',
  'a=fmtp:111 minptime=10;useinbandfec=1',
  'a=rtpmap:63 red/48000/2',
  'a=fmtp:63 111/111',
  'a=rtpmap:9 G722/8000',
  'm=video 9 UDP/TLS/RTP/SAVPF 96 97 102 103 104 45 46 98 99 100 118 119 120',
  'a=rtpmap:96 VP8/90000',
  'a=rtpmap:97 rtx/90000',
  'a=fmtp:97 apt=96',
  'a=rtpmap:102 H264/90000',
  'a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f',
  'a=rtpmap:103 rtx/90000',
  'a=fmtp:103 apt=102',
  'a=rtpmap:104 H264/90000',
  'a=rtpmap:45 AV1/90000',
  'a=rtpmap:46 rtx/90000',
  'a=fmtp:46 apt=45',
  'a=rtpmap:98 VP9/90000',
  'a=rtpmap:99 rtx/90000',
  'a=fmtp:99 apt=98',
  'a=rtpmap:100 VP9/90000',
  'a=rtpmap:118 red/90000',
  'a=rtpmap:119 rtx/90000',
  'a=fmtp:119 apt=118',
  'a=rtpmap:120 ulpfec/90000',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  '',
].join('\r\n');

const lines = (sdp: string, start: string) =>
  sdp.split('\r\n').filter((line) => line.startsWith(start));
const payloads = (sdp: string, kind: string) =>
  lines(sdp, `m=${kind}`)
    .map((line) => line.split(' ').slice(3).join(' '))
    .join();

it.each<[string, VideoCodec[], string]>([
  ['VP9, VP8', ['VP9', 'VP8'], '98 99 100 96 97 102 103 104 45 46 118 119 120'],
  ['AV1, H264', ['AV1', 'H264'], '45 46 102 103 104 96 97 98 99 100 118 119 120'],
  ['VP8', ['VP8'], '96 97 102 103 104 45 46 98 99 100 118 119 120'],
  ['nothing', [], '96 97 102 103 104 45 46 98 99 100 118 119 120'],
])(
  'SN4: a plan of %s comes first, each with its retransmission, and nothing is lost',
  (_name, video, expected) => {
    const planned = planCodecs(OFFER, { video, redundantAudio: false });
    expect(payloads(planned, 'video')).toBe(expected);
    expect(payloads(planned, 'audio')).toBe('111 63 9 0');
    expect(planned.length).toBe(OFFER.length);
  },
);

it('SN5: redundant sound stands before plain Opus where it is planned', () => {
  const planned = planCodecs(OFFER, { video: ['VP8'], redundantAudio: true });
  expect(payloads(planned, 'audio')).toBe('63 111 9 0');
  // Red of the video section (error correction) is another thing.
  expect(payloads(planned, 'video')).toBe(payloads(OFFER, 'video'));
});

it.each([
  ['minptime=10;useinbandfec=1', 'minptime=10;useinbandfec=1'],
  ['minptime=10', 'minptime=10;useinbandfec=1'],
  [
    'maxplaybackrate=48000;stereo=1;useinbandfec=1;usedtx=1',
    'maxplaybackrate=48000;stereo=0;useinbandfec=1;usedtx=0',
  ],
])('SN5: Opus repairs losses, in mono, and goes on in silence: %s', (given, expected) => {
  const offer = OFFER.replace('minptime=10;useinbandfec=1', given);
  const planned = planCodecs(offer, { video: [], redundantAudio: false });
  expect(lines(planned, 'a=fmtp:111')).toEqual([`a=fmtp:111 ${expected}`]);
  expect(lines(planned, 'a=fmtp:63')).toEqual(['a=fmtp:63 111/111']);
});

it('SN4: a description without sound or picture is left alone', () => {
  const data = 'v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n';
  expect(planCodecs(data, { video: ['AV1'], redundantAudio: true })).toBe(data);
});
