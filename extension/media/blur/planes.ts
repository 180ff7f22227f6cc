/** One plane of a picture inside a buffer: bytes between two rows and between two values of a row. */
export interface Plane {
  readonly offset: number;
  readonly stride: number;
  readonly step: number;
}

/** A picture in YUV 4:2:0, BT.601, limited range: a chroma value for each square of four pixels. */
export interface Planes {
  readonly data: Uint8Array<ArrayBuffer>;
  readonly format: 'I420' | 'NV12';
  readonly layout: readonly PlaneLayout[];
  /** Of the luma plane, px. */
  readonly width: number;
  readonly height: number;
  readonly luma: Plane;
  readonly u: Plane;
  readonly v: Plane;
}

/** The planes of a buffer that `VideoFrame.copyTo` has filled. */
export function planesOf(
  data: Uint8Array<ArrayBuffer>,
  format: Planes['format'],
  layout: readonly PlaneLayout[],
  { width, height }: { readonly width: number; readonly height: number },
): Planes {
  const [luma, second, third] = layout;
  if (!luma || !second) throw new Error('A 4:2:0 picture has luma and chroma.');
  const shape = { data, format, layout, width, height, luma: { ...luma, step: 1 } };
  if (format === 'NV12')
    return {
      ...shape,
      u: { ...second, step: 2 },
      v: { offset: second.offset + 1, stride: second.stride, step: 2 },
    };
  if (!third) throw new Error('An I420 picture has three planes.');
  return { ...shape, u: { ...second, step: 1 }, v: { ...third, step: 1 } };
}

/** Layout of an I420 picture without gaps. */
export function packedLayout(width: number, height: number): readonly PlaneLayout[] {
  const [chromaWidth, chromaHeight] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const lumaBytes = width * height;
  const chromaBytes = chromaWidth * chromaHeight;
  return [
    { offset: 0, stride: width },
    { offset: lumaBytes, stride: chromaWidth },
    { offset: lumaBytes + chromaBytes, stride: chromaWidth },
  ];
}

/** Bytes of an I420 picture without gaps. */
export function packedSize(width: number, height: number): number {
  return width * height + 2 * Math.ceil(width / 2) * Math.ceil(height / 2);
}
