import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decode } from '../protocol/decode.ts';
import { agreeOnCodecs } from './agreeOnCodecs.ts';
import {
  BASIC_CAPABILITIES,
  CapabilitiesSchema,
  CodecPlanSchema,
  VIDEO_CODECS,
  type Capabilities,
  type VideoCodec,
} from './capabilities.ts';

const NONE = { send: false, receive: false, hardware: false };
const IN_SOFTWARE = { send: true, receive: true, hardware: false };
const IN_HARDWARE = { send: true, receive: true, hardware: true };

/** `'VP8 AV1+'`: VP8 in software, AV1 in hardware. */
function machine(codecs: string, rest: Partial<Omit<Capabilities, 'video'>> = {}): Capabilities {
  const named = codecs.split(' ');
  const supportOf = (codec: VideoCodec) =>
    named.includes(`${codec}+`) ? IN_HARDWARE : named.includes(codec) ? IN_SOFTWARE : NONE;
  return {
    redundantAudio: true,
    cores: 4,
    power: 'mains',
    ...rest,
    video: {
      VP8: supportOf('VP8'),
      VP9: supportOf('VP9'),
      H264: supportOf('H264'),
      AV1: supportOf('AV1'),
    },
  };
}

const LAPTOP = machine('VP8 VP9 H264 AV1');
const STRONG = machine('VP8 VP9 H264 AV1', { cores: 8 });
const FULL_HARDWARE = machine('VP8+ VP9+ H264+ AV1+', { power: 'battery', cores: 2 });
const PHONE = machine('VP8 VP9 H264+', { power: 'battery' });

it.each<[string, Capabilities, Capabilities, string]>([
  ['two plain laptops', LAPTOP, LAPTOP, 'VP8 H264'],
  ['two strong desktops', STRONG, STRONG, 'AV1 VP9 VP8 H264'],
  ['a strong desktop and a laptop', STRONG, LAPTOP, 'VP8 H264'],
  ['a strong desktop on battery', STRONG, { ...STRONG, power: 'battery' }, 'VP8 H264'],
  ['a strong desktop of unknown power', STRONG, { ...STRONG, power: 'unknown' }, 'VP8 H264'],
  ['cores that nobody tells', { ...STRONG, cores: null }, STRONG, 'VP8 H264'],
  ['hardware for all on both sides', FULL_HARDWARE, FULL_HARDWARE, 'AV1 VP9 H264 VP8'],
  ['hardware here, power to spare there', FULL_HARDWARE, STRONG, 'AV1 VP9 H264 VP8'],
  ['hardware here, a laptop there', machine('VP8 H264+ AV1+'), LAPTOP, 'VP8 H264'],
  ['hardware for H264 on both sides', machine('VP8 H264+'), machine('VP8 H264+'), 'H264 VP8'],
  ['a phone that saves its battery with H264', PHONE, LAPTOP, 'H264 VP8'],
  ['a phone on mains', { ...PHONE, power: 'mains' }, LAPTOP, 'VP8 H264'],
  ['no H264, as in Firefox on Debian', machine('VP8 VP9 AV1'), LAPTOP, 'VP8'],
  ['only VP9 in common', machine('VP9 H264'), machine('VP9 AV1'), 'VP9'],
  ['VP9 and AV1 in common, both dear', machine('VP9 AV1'), machine('VP9 AV1'), 'VP9 AV1'],
  ['nothing in common', machine('H264'), machine('VP8 VP9'), ''],
  ['a browser that said nothing', BASIC_CAPABILITIES, STRONG, 'VP8'],
])('SN1: %s', (_name, one, other, video) => {
  const expected = video === '' ? [] : video.split(' ');
  expect(agreeOnCodecs(one, other).video).toEqual(expected);
  expect(agreeOnCodecs(other, one).video).toEqual(expected);
});

it('SN1: what one can only send, or only receive, does not count', () => {
  const deaf = machine('VP8 VP9');
  const oneWay = { ...deaf, video: { ...deaf.video, VP9: { ...IN_HARDWARE, receive: false } } };
  expect(agreeOnCodecs(oneWay, FULL_HARDWARE).video).toEqual(['VP8']);
});

it('SN2: redundant sound is for two who both have it', () => {
  const without = { ...LAPTOP, redundantAudio: false };
  expect(agreeOnCodecs(LAPTOP, STRONG).redundantAudio).toBe(true);
  expect(agreeOnCodecs(LAPTOP, without).redundantAudio).toBe(false);
  expect(agreeOnCodecs(without, LAPTOP).redundantAudio).toBe(false);
});

const support = fc.record({ send: fc.boolean(), receive: fc.boolean(), hardware: fc.boolean() });
const capabilities: fc.Arbitrary<Capabilities> = fc.record({
  video: fc.record({ VP8: support, VP9: support, H264: support, AV1: support }),
  redundantAudio: fc.boolean(),
  cores: fc.option(fc.integer({ min: 1, max: 16 })),
  power: fc.constantFrom('mains', 'battery', 'unknown'),
});

it('SN1: whatever two machines can do, both get one plan of what works both ways', () => {
  const worksBothWays = (codec: VideoCodec, side: Capabilities) =>
    side.video[codec].send && side.video[codec].receive;
  fc.assert(
    fc.property(capabilities, capabilities, (one, other) => {
      const plan = agreeOnCodecs(one, other);
      const common = VIDEO_CODECS.filter(
        (codec) => worksBothWays(codec, one) && worksBothWays(codec, other),
      );
      expect(plan).toEqual(agreeOnCodecs(other, one));
      expect(new Set(plan.video).size).toBe(plan.video.length);
      expect(common).toEqual(expect.arrayContaining(plan.video));
      expect(plan.video.length > 0).toBe(common.length > 0);
      expect(plan.video.includes('VP8')).toBe(common.includes('VP8'));
      expect(decode(CodecPlanSchema, plan)).toEqual({ ok: true, value: plan });
    }),
  );
});

it.each<[string, unknown]>([
  ['a codec that nobody knows', { ...LAPTOP, video: { ...LAPTOP.video, H266: IN_SOFTWARE } }],
  ['a codec that is missing', { ...LAPTOP, video: { VP8: IN_SOFTWARE } }],
  ['a machine that is told from all others', { ...LAPTOP, cores: 96 }],
  ['a fraction of a core', { ...LAPTOP, cores: 1.5 }],
  ['more than was asked', { ...LAPTOP, graphicsCard: 'Voodoo 2' }],
])('SN3: %s is refused', (_name, value) => {
  expect(decode(CapabilitiesSchema, value).ok).toBe(false);
});

it('SN3: what is taken for true of a silent browser has the shape of an answer', () => {
  expect(decode(CapabilitiesSchema, BASIC_CAPABILITIES).ok).toBe(true);
});
