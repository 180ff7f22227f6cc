import { hasFrameStreams } from './frameStreams.ts';

/**
 * Whether this browser can blur the background: it must hand a camera's frames to a page and take
 * changed ones back (Chromium does, Firefox 153 does not), and know WebCodecs and WebAssembly.
 */
export function canBlur(): boolean {
  return hasFrameStreams() && 'VideoFrame' in globalThis && 'WebAssembly' in globalThis;
}
