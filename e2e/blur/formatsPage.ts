import { Compositor } from '../../extension/media/blur/compositor.ts';
import { FrameReader } from '../../extension/media/blur/frameReader.ts';
import { frameFrom } from '../../extension/media/blur/frameWriter.ts';
import { MODEL_HEIGHT, MODEL_WIDTH } from '../../extension/media/blur/modelInput.ts';
import { PersonMask } from '../../extension/media/blur/personMask.ts';
import { drawScene, type SceneSize } from './sitterScene.ts';
import { stripeContrast } from './stripeContrast.ts';

/** How a frame reached the camera track. */
export type FrameKind = 'I420' | 'NV12' | 'RGBA' | 'BGRX' | 'canvas';

/** What became of a frame: the wall's stripes before and after, and the result's shape. */
export interface Processed {
  readonly before: number;
  readonly after: number;
  readonly width: number;
  readonly height: number;
  /** The mean difference of the upper left quarter's colours from the canvas, 0–255. */
  readonly colourShift: number;
}

declare global {
  var processFrames:
    ((frames: { kind: FrameKind; size: SceneSize }[]) => Promise<Processed[]>) | undefined;
}

/** One reader and one compositor for all frames, as in a call. The mask says that nobody is there. */
globalThis.processFrames = async (frames) => {
  const reader = new FrameReader();
  const compositor = new Compositor();
  const mask = new PersonMask();
  mask.update(new Uint8Array(MODEL_WIDTH * MODEL_HEIGHT));
  const results: Processed[] = [];
  for (const { kind, size } of frames) {
    const canvas = paint(size);
    const frame = await frameOf(kind, canvas);
    const planes = await reader.read(frame);
    const before = stripeContrast({ ...size, data: planes.data, stride: planes.luma.stride });
    const colourShift = shiftFrom(canvas, frameFrom(planes, frame));
    compositor.draw(planes, mask, { behind: 'blur', strength: 0.5 });
    const made = frameFrom(planes, frame);
    const after = stripeContrast({ ...size, data: planes.data, stride: planes.luma.stride });
    results.push({ before, after, width: made.codedWidth, height: made.codedHeight, colourShift });
    frame.close();
    made.close();
  }
  return results;
};

function paint(size: SceneSize): OffscreenCanvas {
  const canvas = new OffscreenCanvas(size.width, size.height);
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (!pen) throw new Error('This page has no 2D canvas.');
  drawScene(pen as unknown as CanvasRenderingContext2D, size, 0);
  return canvas;
}

/** Frames of the planar formats are made of the canvas by a codec's own conversion. */
async function frameOf(kind: FrameKind, canvas: OffscreenCanvas): Promise<VideoFrame> {
  const { width, height } = canvas;
  const drawn = new VideoFrame(canvas, { timestamp: 0, alpha: 'discard' });
  if (kind === 'canvas') return drawn;
  const init = { codedWidth: width, codedHeight: height, timestamp: 0 };
  if (kind === 'RGBA' || kind === 'BGRX') {
    const data = new Uint8Array(drawn.allocationSize({ format: kind }));
    await drawn.copyTo(data, { format: kind });
    drawn.close();
    return new VideoFrame(data, { ...init, format: kind });
  }
  drawn.close();
  const planar = planarOf(canvas, kind);
  return new VideoFrame(planar, { ...init, format: kind });
}

function planarOf(canvas: OffscreenCanvas, kind: 'I420' | 'NV12'): Uint8Array<ArrayBuffer> {
  const { width, height } = canvas;
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height).data;
  if (!pixels) throw new Error('This page has no 2D canvas.');
  const chroma = width * height;
  const data = new Uint8Array((chroma * 3) / 2);
  for (let at = 0; at < chroma; at += 1) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(4 * at, 4 * at + 3);
    data[at] = 16 + 0.257 * red + 0.504 * green + 0.098 * blue;
    const [x, y] = [at % width, Math.floor(at / width)];
    if (x % 2 === 1 || y % 2 === 1) continue;
    const place = (y / 2) * (width / 2) + x / 2;
    const [u, v] = kind === 'NV12' ? [2 * place, 2 * place + 1] : [place, chroma / 4 + place];
    data[chroma + u] = 128 - 0.148 * red - 0.291 * green + 0.439 * blue;
    data[chroma + v] = 128 + 0.439 * red - 0.368 * green - 0.071 * blue;
  }
  return data;
}

function shiftFrom(canvas: OffscreenCanvas, frame: VideoFrame): number {
  const { width, height } = canvas;
  const copy = new OffscreenCanvas(width, height);
  const pen = copy.getContext('2d', { willReadFrequently: true });
  pen?.drawImage(frame, 0, 0);
  frame.close();
  const part = [0, 0, width >> 1, height >> 1] as const;
  const [wanted, found] = [canvas.getContext('2d'), pen].map(
    (of) => of?.getImageData(...part).data,
  );
  if (!wanted || !found) throw new Error('This page has no 2D canvas.');
  let sum = 0;
  for (let at = 0; at < wanted.length; at += 1)
    sum += Math.abs((wanted[at] ?? 0) - (found[at] ?? 0));
  return sum / wanted.length;
}
