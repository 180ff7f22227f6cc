import { expect, it } from 'vitest';
import {
  BASIC_CAPABILITIES,
  CapabilitiesSchema,
  type VideoCodec,
} from '../../../shared/codecs/capabilities.ts';
import { decode } from '../../../shared/protocol/decode.ts';
import { readCapabilities, type CapabilitySources } from './readCapabilities.ts';

const list = (...mimeTypes: string[]): RTCRtpCapabilities => ({
  codecs: mimeTypes.map((mimeType) => ({ mimeType, clockRate: 90_000 })),
  headerExtensions: [],
});

const CHROMIUM: CapabilitySources = {
  sendable: (kind) =>
    kind === 'audio'
      ? list('audio/opus', 'audio/red')
      : list('video/VP8', 'video/rtx', 'video/H264', 'video/H264', 'video/AV1', 'video/red'),
  receivable: (kind) =>
    kind === 'audio'
      ? list('audio/opus', 'audio/red')
      : list('video/VP8', 'video/VP9', 'video/H264'),
  encodesCheaply: async (codec) => codec === 'H264' || codec === 'VP9',
  isCharging: async () => true,
  cores: () => 12,
};

/** No patience at all: whoever has not answered yet has not answered. */
const atOnce = <T>(answer: Promise<T>, _ms: number, otherwise: T): Promise<T> =>
  Promise.race([answer, new Promise<T>((resolve) => setImmediate(() => resolve(otherwise)))]);
const never = () => new Promise<never>(() => undefined);

it('SN8: what the browser lists is what it can send and receive', async () => {
  const capabilities = await readCapabilities(CHROMIUM);
  expect(capabilities).toEqual({
    video: {
      VP8: { send: true, receive: true, hardware: false },
      VP9: { send: false, receive: true, hardware: false },
      H264: { send: true, receive: true, hardware: true },
      AV1: { send: true, receive: false, hardware: false },
    },
    redundantAudio: true,
    cores: 12,
    power: 'mains',
  });
  expect(decode(CapabilitiesSchema, capabilities).ok).toBe(true);
});

it('SN8: a battery in use is told apart from one that nobody may know of', async () => {
  const onBattery = await readCapabilities({ ...CHROMIUM, isCharging: async () => false });
  expect(onBattery.power).toBe('battery');
  const refused = await readCapabilities({
    ...CHROMIUM,
    isCharging: () => Promise.reject(new Error('NotAllowedError')),
  });
  expect(refused.power).toBe('unknown');
});

it.each([
  [64, 16],
  [16, 16],
  [2.5, 2],
  [null, null],
])('SN8: of %s cores it tells %s', async (cores, told) => {
  expect((await readCapabilities({ ...CHROMIUM, cores: () => cores })).cores).toBe(told);
});

it('SN9: what is not answered in time, or refused, has the careful answer', async () => {
  const slow = { ...CHROMIUM, encodesCheaply: never, isCharging: never };
  const refused = {
    ...CHROMIUM,
    encodesCheaply: (_codec: VideoCodec) => Promise.reject(new TypeError('no such type')),
  };
  expect((await readCapabilities(slow, atOnce)).power).toBe('unknown');
  for (const sources of [slow, refused])
    expect((await readCapabilities(sources, atOnce)).video.H264).toEqual({
      send: true,
      receive: true,
      hardware: false,
    });
});

it('SN9: a browser that lists nothing is taken to do what every browser can', async () => {
  const silent = { ...CHROMIUM, sendable: () => null, receivable: () => null };
  expect(await readCapabilities(silent)).toEqual(BASIC_CAPABILITIES);
});
