import type { Person } from './person.ts';
import { BLOCKS_PER_ROW, ROW_HEIGHT, encodeRow, rowTop } from './pictureCode.ts';

type Colour = readonly [red: number, green: number, blue: number];

interface Look {
  readonly skin: Colour;
  readonly hair: Colour;
  /** How far down the hair reaches, in heights of the portrait. */
  readonly hairTo: number;
}

const WHITE: Colour = [255, 255, 255];
const BLACK: Colour = [0, 0, 0];
const EYES: Colour = [44, 34, 32];
const LIPS: Colour = [172, 76, 72];

const LOOKS: Record<Person['initial'], Look> = {
  A: { skin: [236, 196, 166], hair: [72, 44, 34], hairTo: 0.78 },
  B: { skin: [164, 112, 82], hair: [30, 26, 28], hairTo: 0.4 },
  C: { skin: [244, 210, 186], hair: [196, 132, 62], hairTo: 0.7 },
  D: { skin: [208, 158, 122], hair: [120, 116, 120], hairTo: 0.42 },
};

const GLYPHS: Record<Person['initial'], readonly string[]> = {
  A: ['.###.', '#...#', '#...#', '#####', '#...#', '#...#', '#...#'],
  B: ['####.', '#...#', '#...#', '####.', '#...#', '#...#', '####.'],
  C: ['.####', '#....', '#....', '#....', '#....', '#....', '.####'],
  D: ['####.', '#...#', '#...#', '#...#', '#...#', '#...#', '####.'],
};

/**
 * The colour at (x, y), both 0–1, of a person's picture with the given time code (0–255).
 *
 * @param aspect the picture's width by its height: faces stay round
 */
export function drawPerson(person: Person, timeCode: number, aspect = 4 / 3) {
  const personRow = encodeRow('person', person.code);
  const timeRow = encodeRow('time', timeCode);
  return (x: number, y: number): Colour => {
    const block = Math.min(BLOCKS_PER_ROW - 1, Math.floor(x * BLOCKS_PER_ROW));
    if (y >= rowTop('time')) return timeRow[block] ? WHITE : BLACK;
    if (y >= rowTop('person')) return personRow[block] ? WHITE : BLACK;
    const height = 1 - 2 * ROW_HEIGHT;
    return portrait(person, timeCode, ((x - 0.5) * aspect) / height, y / height);
  };
}

/**
 * Head and shoulders in the middle, where a narrow panel still shows them, with the initial on the
 * chest; the eyes wander with time. `x` is 0 in the middle and has the unit of `y`, 0–1 downwards.
 */
function portrait(person: Person, timeCode: number, x: number, y: number): Colour {
  const { skin, hair, hairTo } = LOOKS[person.initial];
  const sway = Math.sin((timeCode / 30) * 2 * Math.PI) * 0.012;
  const at = x - sway;
  if (isGlyph(person.initial, x, y)) return WHITE;
  for (const eye of [-0.07, 0.07]) if (inside(at - sway, y, eye, 0.4, 0.017, 0.026)) return EYES;
  if (y > 0.52 && inside(at, y, 0, 0.515, 0.065, 0.04)) return LIPS;
  if (y > 0.3 && inside(at, y, 0, 0.41, 0.155, 0.21)) return skin;
  if (inside(at, y, 0, 0.35, 0.185, 0.23) && y < 0.42) return hair;
  if (y < hairTo && Math.abs(at) < 0.195 && y > 0.34 && hairTo > 0.5) return hair;
  if (Math.abs(at) < 0.07 && y > 0.5 && y < 0.74) return skin;
  if (inside(x, y, 0, 1.02, 0.36, 0.32)) return shade(person.colour, 0.55);
  return shade(person.colour, 1.25 - 0.5 * y - 0.35 * x * x);
}

function inside(x: number, y: number, centreX: number, centreY: number, rx: number, ry: number) {
  return ((x - centreX) / rx) ** 2 + ((y - centreY) / ry) ** 2 <= 1;
}

function isGlyph(initial: Person['initial'], x: number, y: number): boolean {
  const column = Math.floor(((x + 0.06) / 0.12) * 5);
  const line = Math.floor(((y - 0.79) / 0.16) * 7);
  return GLYPHS[initial][line]?.[column] === '#';
}

function shade([red, green, blue]: Colour, factor: number): Colour {
  return [red * factor, green * factor, blue * factor].map((value) =>
    Math.min(255, value),
  ) as unknown as Colour;
}
