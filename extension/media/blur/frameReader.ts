import { packedLayout, packedSize, planesOf, type Planes } from './planes.ts';

/** Formats whose first planes are luma and chroma as the compositor wants them. */
const DIRECT: Readonly<Record<string, Planes['format']>> = {
  I420: 'I420',
  I420A: 'I420',
  NV12: 'NV12',
};

/**
 * Takes the pixels out of frames, whatever their format and size. The planes are valid until the
 * next read: the buffer is used again.
 */
export class FrameReader {
  #buffer = new Uint8Array(0);
  #canvas: OffscreenCanvas | null = null;

  async read(frame: VideoFrame): Promise<Planes> {
    const format = DIRECT[frame.format ?? ''];
    return format === undefined ? this.#drawn(frame) : this.#copied(frame, format);
  }

  async #copied(frame: VideoFrame, format: Planes['format']): Promise<Planes> {
    const data = this.#room(frame.allocationSize());
    const layout = await frame.copyTo(data);
    return planesOf(data, format, layout.slice(0, 3), sizeOf(frame));
  }

  /** Frames that live on a graphics card (format null) or are RGB: through a canvas. */
  #drawn(frame: VideoFrame): Planes {
    const { width, height } = sizeOf(frame);
    this.#canvas ??= new OffscreenCanvas(width, height);
    Object.assign(this.#canvas, { width, height });
    const context = this.#canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('This browser has no 2D canvas.');
    context.drawImage(frame, 0, 0, width, height);
    const pixels = context.getImageData(0, 0, width, height).data;
    const data = this.#room(packedSize(width, height));
    const planes = planesOf(data, 'I420', packedLayout(width, height), { width, height });
    fillFromRgba(planes, pixels);
    return planes;
  }

  #room(bytes: number): Uint8Array<ArrayBuffer> {
    if (this.#buffer.length !== bytes) this.#buffer = new Uint8Array(bytes);
    return this.#buffer;
  }
}

/** Whether a frame's own planes are read, whatever colours they stand for. */
export function isDirect(frame: VideoFrame): boolean {
  return DIRECT[frame.format ?? ''] !== undefined;
}

/** Size of what is visible of a frame, px. */
export function sizeOf(frame: VideoFrame): { width: number; height: number } {
  const { width, height } = frame.visibleRect ?? {
    width: frame.codedWidth,
    height: frame.codedHeight,
  };
  return { width, height };
}

/** BT.601 in 1/256, limited range; chroma is taken from the upper left pixel of each four. */
function fillFromRgba(planes: Planes, pixels: Uint8ClampedArray): void {
  const { data, width, height, luma, u, v } = planes;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      const red = pixels[at]!;
      const green = pixels[at + 1]!;
      const blue = pixels[at + 2]!;
      data[luma.offset + y * luma.stride + x] = 16 + ((66 * red + 129 * green + 25 * blue) >> 8);
      if (((x | y) & 1) === 1) continue;
      const chroma = (y >> 1) * u.stride + (x >> 1);
      data[u.offset + chroma] = 128 + ((-38 * red - 74 * green + 112 * blue) >> 8);
      data[v.offset + chroma] = 128 + ((112 * red - 94 * green - 18 * blue) >> 8);
    }
  }
}
