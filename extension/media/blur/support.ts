import { hasFrameStreams } from './frameStreams.ts';

/**
 * Whether this browser can blur the background: it must hand out a camera's frames and take changed
 * ones back (Chromium does; Firefox 153 and Safari do so only for tracks that a worker owns), and run
 * workers, WebAssembly and WebCodecs.
 */
export function canBlur(): boolean {
  return hasFrameStreams() && 'VideoFrame' in globalThis && 'WebAssembly' in globalThis;
}
