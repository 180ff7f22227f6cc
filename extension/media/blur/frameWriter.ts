import { yuvOf, type Rgb } from './colour.ts';
import { packedLayout, packedSize, type Planes } from './planes.ts';
import { isDirect, sizeOf } from './frameReader.ts';

/** What the planes are in where they were made of RGB here. */
const BT601 = { matrix: 'smpte170m', primaries: 'smpte170m', transfer: 'smpte170m' } as const;

/** A frame with these pixels in the place of `original`. The pixels are copied. */
export function frameFrom(planes: Planes, original: VideoFrame): VideoFrame {
  return new VideoFrame(planes.data, {
    ...timesOf(original),
    format: planes.format,
    codedWidth: planes.width,
    codedHeight: planes.height,
    layout: [...planes.layout],
    colorSpace: isDirect(original) ? original.colorSpace.toJSON() : { ...BT601, fullRange: false },
  });
}

/** A frame of one colour in the place of `original`, and of its size. */
export function plainFrame(colour: Rgb, original: VideoFrame): VideoFrame {
  return plainFrameOf(colour, sizeOf(original), timesOf(original));
}

/** A frame of one colour, px. */
export function plainFrameOf(
  colour: Rgb,
  { width, height }: { readonly width: number; readonly height: number },
  times: { readonly timestamp: number; readonly duration?: number },
): VideoFrame {
  const [luma, u, v] = yuvOf(colour);
  const layout = packedLayout(width, height);
  const data = new Uint8Array(packedSize(width, height)).fill(luma, 0, layout[1]?.offset);
  data.fill(u, layout[1]?.offset, layout[2]?.offset);
  data.fill(v, layout[2]?.offset);
  return new VideoFrame(data, {
    ...times,
    format: 'I420',
    codedWidth: width,
    codedHeight: height,
    layout: [...layout],
  });
}

function timesOf({ timestamp, duration }: VideoFrame) {
  return { timestamp, ...(duration === null ? {} : { duration }) };
}
