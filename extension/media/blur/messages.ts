import type { Rgb } from './colour.ts';
import type { Look } from './look.ts';
import type { QualityLevel } from './quality.ts';

/** What the page tells the worker that makes the frames. */
export type PumpOrder =
  | {
      readonly type: 'start';
      readonly frames: ReadableStream<VideoFrame>;
      readonly written: WritableStream<VideoFrame>;
      readonly wall: Rgb;
      readonly look: Look;
      /** Null: chosen by how the work goes. */
      readonly fixedQuality: QualityLevel | null;
    }
  /** Masks come through this port from now on; null: from nowhere. */
  | { readonly type: 'masks'; readonly port: MessagePort | null }
  | { readonly type: 'look'; readonly look: Look }
  /** The camera blurs by itself: its frames may leave as they are. */
  | { readonly type: 'passThrough'; readonly allowed: boolean }
  /** Another try after *tooSlow*. */
  | { readonly type: 'tryAgain' }
  /** Asks for *alive*. */
  | { readonly type: 'ping' }
  | { readonly type: 'stop' };

/** What leaves at this moment. */
export type Showing = 'neutral' | 'processed' | 'passed';

/** What the worker that makes the frames tells the page. */
export type PumpReport =
  | { readonly type: 'showing'; readonly showing: Showing; readonly level: QualityLevel }
  | { readonly type: 'tooSlow' }
  /** A mask was asked for and has not come in a long while. */
  | { readonly type: 'masksMissing' }
  | { readonly type: 'alive' }
  /** Nothing of the camera is held any more. */
  | { readonly type: 'stopped' };

/** What the page tells the worker that holds the network. */
export type SegmenterOrder =
  /** `files` is the address of the folder that they lie in. */
  | { readonly type: 'load'; readonly files: string }
  | { readonly type: 'serve'; readonly port: MessagePort };

export type SegmenterReport =
  /** From 0 to 1. */
  | { readonly type: 'progress'; readonly loaded: number }
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly reason: string };

/** Over the port between the two workers; both buffers travel instead of being copied. */
export interface MaskRequest {
  readonly id: number;
  /** RGBA at the network's size. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

export interface MaskAnswer {
  readonly id: number;
  /** One byte for each pixel of the request: 255 is person. */
  readonly mask: Uint8Array;
  /** The request's buffer, to be used again. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}
