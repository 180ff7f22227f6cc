import type { Person } from './person.ts';
import { BLOCKS_PER_ROW, ROW_HEIGHT, encodeRow, rowTop } from './pictureCode.ts';

type Colour = readonly [red: number, green: number, blue: number];

const WHITE: Colour = [255, 255, 255];
const BLACK: Colour = [0, 0, 0];
const SKIN: Colour = [238, 200, 170];
const HAIR: Colour = [58, 42, 36];

const GLYPHS: Record<Person['initial'], readonly string[]> = {
  A: ['.###.', '#...#', '#...#', '#####', '#...#', '#...#', '#...#'],
  B: ['####.', '#...#', '#...#', '####.', '#...#', '#...#', '####.'],
  C: ['.####', '#....', '#....', '#....', '#....', '#....', '.####'],
  D: ['####.', '#...#', '#...#', '#...#', '#...#', '#...#', '####.'],
};

/** The colour at (x, y), both 0–1, of a person's picture with the given time code (0–255). */
export function drawPerson(person: Person, timeCode: number) {
  const personRow = encodeRow('person', person.code);
  const timeRow = encodeRow('time', timeCode);
  return (x: number, y: number): Colour => {
    const block = Math.min(BLOCKS_PER_ROW - 1, Math.floor(x * BLOCKS_PER_ROW));
    if (y >= rowTop('time')) return timeRow[block] ? WHITE : BLACK;
    if (y >= rowTop('person')) return personRow[block] ? WHITE : BLACK;
    return portrait(person, timeCode, x, y / (1 - 2 * ROW_HEIGHT));
  };
}

/** Head and shoulders at the left, the initial at the right; the eyes wander with time. */
function portrait(person: Person, timeCode: number, x: number, y: number): Colour {
  if (isGlyph(person.initial, x, y)) return WHITE;
  const sway = Math.sin((timeCode / 30) * 2 * Math.PI) * 0.015;
  for (const eyeX of [0.27, 0.39])
    if (inside(x, y, eyeX + sway * 2, 0.38, 0.022, 0.035)) return HAIR;
  if (inside(x, y, 0.33 + sway, 0.54, 0.06, 0.018)) return [168, 60, 60];
  if (inside(x, y, 0.33 + sway, 0.42, 0.15, 0.25)) return SKIN;
  if (inside(x, y, 0.33 + sway, 0.36, 0.17, 0.28)) return HAIR;
  if (inside(x, y, 0.33, 1.05, 0.28, 0.38)) return shade(person.colour, 0.55);
  return shade(person.colour, 1.15 - 0.35 * y);
}

function inside(x: number, y: number, centreX: number, centreY: number, rx: number, ry: number) {
  return ((x - centreX) / rx) ** 2 + ((y - centreY) / ry) ** 2 <= 1;
}

function isGlyph(initial: Person['initial'], x: number, y: number): boolean {
  const column = Math.floor(((x - 0.63) / 0.27) * 5);
  const line = Math.floor(((y - 0.22) / 0.56) * 7);
  return GLYPHS[initial][line]?.[column] === '#';
}

function shade([red, green, blue]: Colour, factor: number): Colour {
  return [red * factor, green * factor, blue * factor].map((value) =>
    Math.min(255, value),
  ) as unknown as Colour;
}
