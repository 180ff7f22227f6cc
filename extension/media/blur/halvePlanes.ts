import { packedLayout, packedSize, planesOf, type Plane, type Planes } from './planes.ts';

/** A picture at half its width and height, as I420; every second value is kept. */
export function halvePlanes(planes: Planes): Planes {
  const width = planes.width >> 1;
  const height = planes.height >> 1;
  const data = new Uint8Array(packedSize(width, height));
  const half = planesOf(data, 'I420', packedLayout(width, height), { width, height });
  halve(planes, planes.luma, half, half.luma, { width, height });
  const chroma = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  halve(planes, planes.u, half, half.u, chroma);
  halve(planes, planes.v, half, half.v, chroma);
  return half;
}

function halve(
  { data: source }: Planes,
  from: Plane,
  { data: target }: Planes,
  to: Plane,
  { width, height }: { readonly width: number; readonly height: number },
): void {
  for (let y = 0; y < height; y += 1) {
    let read = from.offset + 2 * y * from.stride;
    const write = to.offset + y * to.stride;
    for (let x = 0; x < width; x += 1, read += 2 * from.step) target[write + x] = source[read]!;
  }
}
