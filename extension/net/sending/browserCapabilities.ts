import type { Capabilities, VideoCodec } from '../../../shared/codecs/capabilities.ts';
import { readCapabilities, type CapabilitySources } from './readCapabilities.ts';

/** A good camera's picture: hardware that only pays off above it is no help in a call. */
const CAMERA = { width: 1280, height: 720, framerate: 30, bitrate: 1_500_000 } as const;

interface BatteryManager {
  readonly charging: boolean;
}

const sources: CapabilitySources = {
  sendable: (kind) => globalThis.RTCRtpSender?.getCapabilities(kind) ?? null,
  receivable: (kind) => globalThis.RTCRtpReceiver?.getCapabilities(kind) ?? null,
  encodesCheaply: async (codec: VideoCodec) => {
    const { supported, powerEfficient } = await navigator.mediaCapabilities.encodingInfo({
      type: 'webrtc',
      video: { contentType: `video/${codec}`, ...CAMERA },
    });
    return supported && powerEfficient;
  },
  isCharging: async () => {
    const { getBattery } = navigator as { getBattery?: () => Promise<BatteryManager> };
    if (getBattery === undefined) throw new Error('This browser does not tell.');
    return (await getBattery.call(navigator)).charging;
  },
  cores: () => navigator.hardwareConcurrency ?? null,
};

let reading: Promise<Capabilities> | null = null;

/** What this browser can do, read once: begin early, so that *ready* need not wait for it. */
export function browserCapabilities(): Promise<Capabilities> {
  return (reading ??= readCapabilities(sources));
}
