import type { Person } from './person.ts';
import { drawPerson } from './drawPerson.ts';

interface CameraShape {
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  /** Frames before the picture repeats; also the number of time codes. */
  readonly frames: number;
}

/** Small and slow, because several browsers encode and decode it in software on few cores. */
export const CAMERA_SHAPE: CameraShape = {
  width: 320,
  height: 240,
  framesPerSecond: 15,
  frames: 30,
};

/** For screenshots that people look at: the size the panel asks for, so that nothing is cut off. */
export const LARGE_CAMERA_SHAPE: CameraShape = { ...CAMERA_SHAPE, width: 640, height: 360 };

/** A Y4M loop (I420, limited range) for Chromium's `--use-file-for-fake-video-capture`. */
export function cameraFile(person: Person, shape: CameraShape = CAMERA_SHAPE): Buffer {
  const { width, height, framesPerSecond, frames } = shape;
  const header = `YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`;
  const parts: Uint8Array[] = [Buffer.from(header, 'latin1')];
  for (let frame = 0; frame < frames; frame += 1) {
    parts.push(Buffer.from('FRAME\n', 'latin1'), frameOf(person, frame, shape));
  }
  return Buffer.concat(parts);
}

/** One picture: a plane of luma, then the two chroma planes at half the size (BT.601). */
function frameOf(person: Person, timeCode: number, { width, height }: CameraShape): Uint8Array {
  const colourAt = drawPerson(person, timeCode, width / height);
  const planes = new Uint8Array((width * height * 3) / 2);
  const chromaWidth = width / 2;
  const uStart = width * height;
  const vStart = uStart + uStart / 4;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [red, green, blue] = colourAt((x + 0.5) / width, (y + 0.5) / height);
      planes[y * width + x] = 16 + 0.257 * red + 0.504 * green + 0.098 * blue;
      if (x % 2 === 1 || y % 2 === 1) continue;
      const chroma = (y / 2) * chromaWidth + x / 2;
      planes[uStart + chroma] = 128 - 0.148 * red - 0.291 * green + 0.439 * blue;
      planes[vStart + chroma] = 128 + 0.439 * red - 0.368 * green - 0.071 * blue;
    }
  }
  return planes;
}
