import type { CostPair } from './costOfMembers.ts';

/** Pixels of one panel of the chart, and the room for its words. */
const [WIDTH, HEIGHT, MARGIN] = [360, 220, 52];

interface Panel {
  readonly title: string;
  readonly of: (pair: CostPair) => readonly [foyer: number, bare: number];
  readonly digits: number;
}

const PANELS: readonly Panel[] = [
  {
    title: 'Resident memory, kB a member',
    of: ({ foyer, bare }) => [foyer.residentKb, bare.residentKb],
    digits: 1,
  },
  {
    title: 'Held memory, kB a member',
    of: ({ foyer, bare }) => [foyer.heldKb, bare.heldKb],
    digits: 1,
  },
  {
    title: 'CPU while idle, ms a second and member',
    of: ({ foyer, bare }) => [foyer.cpuMsPerSecond, bare.cpuMsPerSecond],
    digits: 3,
  },
];

const FOYER = '#4f46e5';
const BARE = '#6b7280';

/** An SVG: how the cost of one member grows with their number; each point says its value. */
export function drawGrowth(costs: readonly CostPair[]): string {
  const width = PANELS.length * (WIDTH + MARGIN) + MARGIN;
  const panels = PANELS.map((panel, index) => drawPanel(costs, panel, index)).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT + 2 * MARGIN}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="white"/>
<text x="${MARGIN}" y="20" fill="${FOYER}">Foyer, the lobby as it ships</text>
<text x="${MARGIN + 200}" y="20" fill="${BARE}">a bare ws server</text>
${panels}</svg>
`;
}

function drawPanel(
  costs: readonly CostPair[],
  { title, of, digits }: Panel,
  index: number,
): string {
  const left = MARGIN + index * (WIDTH + MARGIN);
  const most = Math.max(...costs.flatMap((pair) => [...of(pair)])) * 1.15;
  const x = (place: number) => left + (place * WIDTH) / Math.max(1, costs.length - 1);
  const y = (value: number) => MARGIN + HEIGHT - (value / most) * HEIGHT;
  const sizes = costs.map(
    ({ people }, place) =>
      `<text x="${x(place)}" y="${MARGIN + HEIGHT + 18}" text-anchor="middle" fill="#111">${people}</text>`,
  );
  const lines = [FOYER, BARE].map((colour, which) => {
    const values = costs.map((pair) => of(pair)[which] ?? 0);
    const path = values.map((value, place) => `${x(place)},${y(value)}`).join(' ');
    const labels = values.map(
      (value, place) =>
        `<circle cx="${x(place)}" cy="${y(value)}" r="3" fill="${colour}"/><text x="${x(place)}" y="${y(value) - 7}" text-anchor="middle" fill="${colour}">${value.toFixed(digits)}</text>`,
    );
    return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>${labels.join('')}`;
  });
  const axis = `<line x1="${left}" y1="${y(0)}" x2="${left + WIDTH}" y2="${y(0)}" stroke="#111"/>`;
  return `<text x="${left}" y="${MARGIN - 10}" fill="#111">${title}</text>${axis}${sizes.join('')}${lines.join('')}\n`;
}
