import { describe, expect, test } from 'vitest';
import { CAST } from './cast.ts';
import { drawPerson } from './drawPerson.ts';
import { cameraFile } from './cameraFile.ts';
import { findTone } from './findTone.ts';
import { microphoneFile } from './microphoneFile.ts';
import type { Person } from './person.ts';
import { decodeRow, encodeRow } from './pictureCode.ts';
import { readPicture, type Pixels } from './readPicture.ts';

const PEOPLE: readonly Person[] = Object.values(CAST);

function paint(person: Person, timeCode: number, width = 160, height = 120): Pixels {
  const colourAt = drawPerson(person, timeCode);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let index = 0; index < width * height; index += 1) {
    const x = ((index % width) + 0.5) / width;
    const y = (Math.floor(index / width) + 0.5) / height;
    data.set([...colourAt(x, y), 255], index * 4);
  }
  return { width, height, data };
}

/** The same sequence on every run (Park–Miller). */
function noise(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

function disturb(pixels: Pixels, amplitude: number, random: () => number): Pixels {
  const data = pixels.data.map((value) => value + (random() - 0.5) * 2 * amplitude);
  return { ...pixels, data: Uint8ClampedArray.from(data) };
}

describe('the fake cameras', () => {
  test.each(PEOPLE)('E2E2: $name is read from every picture of the loop', (person) => {
    for (let timeCode = 0; timeCode < 30; timeCode += 1) {
      expect(readPicture(paint(person, timeCode))).toEqual({
        ok: true,
        value: { personCode: person.code, timeCode },
      });
    }
  });

  test.each([
    [640, 480],
    [320, 240],
    [213, 160],
    [80, 60],
  ])('E2E2: a picture of %i × %i reads', (width, height) => {
    const content = readPicture(paint(CAST.ben, 17, width, height));
    expect(content).toEqual({ ok: true, value: { personCode: CAST.ben.code, timeCode: 17 } });
  });

  test('E2E2: a noisy, dimmed picture reads', () => {
    const random = noise(1);
    const dim = paint(CAST.cleo, 9);
    const pixels = { ...dim, data: dim.data.map((value) => 40 + value * 0.5) as Uint8ClampedArray };
    for (let round = 0; round < 50; round += 1) {
      expect(readPicture(disturb(pixels, 80, random)).ok).toBe(true);
    }
  });

  test('E2E2: a black picture is flat, not somebody', () => {
    const black = { width: 160, height: 120, data: new Uint8ClampedArray(160 * 120 * 4) };
    expect(readPicture(black)).toEqual({ ok: false, error: 'flat' });
  });

  test('E2E2: pure noise is never taken for a person', () => {
    const random = noise(7);
    for (let round = 0; round < 200; round += 1) {
      const data = Uint8ClampedArray.from({ length: 16 * 16 * 4 }, () => random() * 255);
      expect(readPicture({ width: 16, height: 16, data }).ok).toBe(false);
    }
  });

  test('E2E2: one wrong block is noticed, and a row in the wrong place too', () => {
    for (let value = 0; value < 256; value += 1) {
      const blocks = encodeRow('person', value);
      expect(decodeRow('person', blocks)).toBe(value);
      expect(decodeRow('time', blocks)).toBeNull();
      for (let wrong = 0; wrong < blocks.length; wrong += 1) {
        expect(decodeRow('person', blocks.with(wrong, !blocks[wrong]))).toBeNull();
      }
    }
  });

  test('E2E2: the camera file is the same each time', () => {
    expect(cameraFile(CAST.ada).equals(cameraFile(CAST.ada))).toBe(true);
  });
});

describe('the fake microphones', () => {
  test.each(PEOPLE)('E2E3: the tone of $name is found', (person) => {
    const file = microphoneFile(person);
    const samples = Array.from({ length: 6_000 }, (_, i) => file.readInt16LE(44 + i * 8) / 32_768);
    expect(Math.abs(findTone(samples, 12_000).hertz - person.toneHz)).toBeLessThanOrEqual(10);
  });

  test('E2E3: silence has no level', () => {
    expect(findTone(Array<number>(6_000).fill(0), 12_000)).toEqual({ hertz: 0, level: 0 });
  });
});
