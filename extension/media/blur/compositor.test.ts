import { describe, expect, it } from 'vitest';
import { Compositor } from './compositor.ts';
import { halvePlanes } from './halvePlanes.ts';
import { MODEL_HEIGHT, MODEL_WIDTH } from './modelInput.ts';
import { PersonMask } from './personMask.ts';
import { packedLayout, packedSize, planesOf, type Planes } from './planes.ts';

const LIGHT = 210;
const DARK = 40;
const BLUR = { behind: 'blur', strength: 0.5 } as const;

/** Stripes in luma, a twentieth of the width each; chroma rises from left to right. */
function striped(format: Planes['format'], width: number, height: number): Planes {
  const layout =
    format === 'I420'
      ? packedLayout(width, height)
      : [
          { offset: 0, stride: width },
          { offset: width * height, stride: 2 * Math.ceil(width / 2) },
        ];
  const data = new Uint8Array(packedSize(width, height));
  const planes = planesOf(data, format, layout, { width, height });
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      data[y * width + x] = Math.floor((20 * x) / width) & 1 ? LIGHT : DARK;
  for (let y = 0; y < Math.ceil(height / 2); y += 1)
    for (let x = 0; x < Math.ceil(width / 2); x += 1) {
      data[planes.u.offset + y * planes.u.stride + x * planes.u.step] = 100 + (50 * 2 * x) / width;
      data[planes.v.offset + y * planes.v.stride + x * planes.v.step] = 150 - (50 * 2 * x) / width;
    }
  return planes;
}

/** The person is the right half of the picture. */
function personOnTheRight(): PersonMask {
  const mask = new PersonMask();
  const answer = new Uint8Array(MODEL_WIDTH * MODEL_HEIGHT);
  for (let at = 0; at < answer.length; at += 1)
    answer[at] = at % MODEL_WIDTH >= MODEL_WIDTH / 2 ? 255 : 0;
  mask.update(answer);
  return mask;
}

const lumaRow = ({ data, luma, width }: Planes, y: number, from: number, to: number) =>
  Array.from(
    data.subarray(
      luma.offset + y * luma.stride + from * width,
      luma.offset + y * luma.stride + to * width,
    ),
  );

function planesApart({ data, width, height, luma, u, v }: Planes) {
  const values = ({ offset, step }: Planes['u']) =>
    Uint8Array.from({ length: (width * height) / 4 }, (_, at) => data[offset + at * step]!);
  return { luma: data.slice(luma.offset, width * height), u: values(u), v: values(v) };
}

function farthestApart(first: Uint8Array, second: Uint8Array): number {
  return first.reduce((most, value, at) => Math.max(most, Math.abs(value - second[at]!)), 0);
}

function spread(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}

describe('the compositor', () => {
  it.each([
    ['I420', 640, 480],
    ['NV12', 640, 480],
    ['I420', 1280, 720],
    ['NV12', 322, 181],
    ['I420', 161, 121],
  ] as const)(
    'BL11: %s of %i × %i: the room is gone, the person stays',
    (format, width, height) => {
      const planes = striped(format, width, height);
      const before = planes.data.slice();
      new Compositor().draw(planes, personOnTheRight(), BLUR);
      for (const y of [0, height >> 1, height - 1]) {
        expect(spread(lumaRow(planes, y, 0.15, 0.4))).toBeLessThan(0.2 * (LIGHT - DARK));
        expect(spread(lumaRow(planes, y, 0.6, 1))).toBe(LIGHT - DARK);
      }
      const right = Math.ceil(width * 0.55);
      const at = (height >> 1) * width + right;
      expect(planes.data.slice(at, at + width - right)).toEqual(
        before.slice(at, at + width - right),
      );
    },
  );

  it('BL11: both formats show the same, give or take a level', () => {
    const [first, second] = [striped('I420', 320, 240), striped('NV12', 320, 240)];
    const compositor = new Compositor();
    for (const planes of [first, second]) compositor.draw(planes, personOnTheRight(), BLUR);
    const [shown, wanted] = [planesApart(second), planesApart(first)];
    for (const plane of ['luma', 'u', 'v'] as const)
      expect(farthestApart(shown[plane], wanted[plane])).toBeLessThanOrEqual(1);
  });

  it('BL11: one colour covers the room and not the person', () => {
    const planes = striped('I420', 320, 240);
    const look = { behind: 'colour', colour: [255, 255, 255] } as const;
    new Compositor().draw(planes, personOnTheRight(), look);
    expect(new Set(lumaRow(planes, 100, 0, 0.45))).toEqual(new Set([235]));
    expect(spread(lumaRow(planes, 100, 0.6, 1))).toBe(LIGHT - DARK);
  });

  it('BL11: the stronger, the smoother', () => {
    const detail = (strength: number) => {
      const planes = striped('I420', 640, 480);
      new Compositor().draw(planes, personOnTheRight(), { behind: 'blur', strength });
      return spread(lumaRow(planes, 240, 0.15, 0.4));
    };
    expect(detail(1)).toBeLessThan(detail(0) / 2);
  });

  it('BL6: a picture of half the size is the same picture', () => {
    const half = halvePlanes(striped('NV12', 640, 480));
    expect([half.width, half.height, half.format]).toEqual([320, 240, 'I420']);
    expect(new Set(lumaRow(half, 7, 0, 0.05))).toEqual(new Set([DARK]));
    expect(new Set(lumaRow(half, 7, 0.05, 0.1))).toEqual(new Set([LIGHT]));
    expect(half.data[half.u.offset]).toBe(100);
    expect(half.data[half.v.offset + 159]).toBeLessThan(110);
  });
});

describe('the mask', () => {
  const everywhere = (value: number) => new Uint8Array(MODEL_WIDTH * MODEL_HEIGHT).fill(value);

  it('BL12: a movement is followed at once, unrest only slowly', () => {
    const mask = new PersonMask();
    mask.fit(640, 480);
    mask.update(everywhere(255));
    mask.update(everywhere(0));
    expect(mask.grid[0]).toBe(0);
    mask.update(everywhere(190));
    const first = mask.grid[0]!;
    mask.update(everywhere(190));
    expect(mask.grid[0]).toBeGreaterThan(first);
  });

  it('BL12: nothing of an earlier scene shows in the next', () => {
    const mask = new PersonMask();
    mask.fit(640, 480);
    mask.update(everywhere(255));
    mask.forget();
    mask.update(everywhere(150));
    const fresh = new PersonMask();
    fresh.fit(640, 480);
    fresh.update(everywhere(150));
    expect(mask.grid).toEqual(fresh.grid);
  });
});
