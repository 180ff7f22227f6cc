import type { CostPair } from './costOfMembers.ts';

/** Pixels of one panel's plot, and the room around it for words. */
const [WIDTH, HEIGHT] = [300, 200];
const [LEFT, TOP, BETWEEN, BOTTOM] = [60, 80, 80, 56];
/** Lines across a panel, the one at 0 left out. */
const STEPS = 4;

interface Panel {
  readonly title: string;
  readonly unit: string;
  readonly of: (pair: CostPair) => readonly [foyer: number, bare: number];
}

const PANELS: readonly Panel[] = [
  {
    title: 'Resident memory',
    unit: 'kB for each member',
    of: ({ foyer, bare }) => [foyer.residentKb, bare.residentKb],
  },
  {
    title: 'Memory held by objects and buffers',
    unit: 'kB for each member',
    of: ({ foyer, bare }) => [foyer.heldKb, bare.heldKb],
  },
  {
    title: 'CPU while everybody is idle',
    unit: 'µs a second for each member',
    of: ({ foyer, bare }) => [foyer.cpuMsPerSecond * 1_000, bare.cpuMsPerSecond * 1_000],
  },
];

/** Readable on a light page and on a dark one. */
const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #1f2937; }
  .title { font-weight: 600; font-size: 13px; }
  .ground { fill: #ffffff; }
  .grid { stroke: #d1d5db; }
  .foyer { stroke: #4338ca; } .foyerPoint { fill: #4338ca; }
  .bare { stroke: #b45309; stroke-dasharray: 6 4; } .barePoint { fill: #b45309; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e5e7eb; }
    .ground { fill: #111827; }
    .grid { stroke: #374151; }
    .foyer { stroke: #a5b4fc; } .foyerPoint { fill: #a5b4fc; }
    .bare { stroke: #fbbf24; } .barePoint { fill: #fbbf24; }
  }`;

/** An SVG: what one member costs, by how many there are; Foyer against a bare `ws` server. */
export function drawGrowth(costs: readonly CostPair[]): string {
  const width = LEFT + PANELS.length * (WIDTH + BETWEEN) - BETWEEN + 20;
  const height = TOP + HEIGHT + BOTTOM;
  const panels = PANELS.map((panel, index) => drawPanel(costs, panel, index)).join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="What one idle member costs, by how many there are">
<style>${STYLE}
</style>
<rect class="ground" width="${width}" height="${height}"/>
<line class="foyer" x1="${LEFT}" y1="20" x2="${LEFT + 30}" y2="20" stroke-width="2"/><text x="${LEFT + 36}" y="24">Foyer, the server as it ships</text>
<line class="bare" x1="${LEFT + 230}" y1="20" x2="${LEFT + 260}" y2="20" stroke-width="2"/><text x="${LEFT + 266}" y="24">a bare ws server</text>
${panels}
</svg>
`;
}

function drawPanel(costs: readonly CostPair[], { title, unit, of }: Panel, index: number): string {
  const left = LEFT + index * (WIDTH + BETWEEN);
  const top = roundUp(Math.max(...costs.flatMap((pair) => [...of(pair)])));
  const people = Math.max(...costs.map((pair) => pair.people));
  const x = (count: number) => round(left + (count / people) * WIDTH);
  const y = (value: number) => round(TOP + HEIGHT - (value / top) * HEIGHT);
  const sizes = costs.map(
    (pair) =>
      `<text x="${x(pair.people)}" y="${TOP + HEIGHT + 18}" text-anchor="middle">${pair.people / 1_000}k</text>`,
  );
  const curves = (['foyer', 'bare'] as const).map((name, which) => {
    const points = costs.map((pair) => [x(pair.people), y(of(pair)[which] ?? 0)] as const);
    const path = points.map((point) => point.join(',')).join(' ');
    const dots = points.map(
      ([cx, cy]) => `<circle class="${name}Point" cx="${cx}" cy="${cy}" r="3"/>`,
    );
    return `<polyline class="${name}" points="${path}" fill="none" stroke-width="2"/>${dots.join('')}`;
  });
  return [
    `<text class="title" x="${left}" y="${TOP - 28}">${title}</text><text x="${left}" y="${TOP - 12}">${unit}</text>`,
    ...grid(left, top, y),
    ...sizes,
    `<text x="${left + WIDTH / 2}" y="${TOP + HEIGHT + 40}" text-anchor="middle">members present</text>`,
    ...curves,
  ].join('\n');
}

function grid(left: number, top: number, y: (value: number) => number): readonly string[] {
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const value = (top * step) / STEPS;
    return `<line class="grid" x1="${left}" y1="${y(value)}" x2="${left + WIDTH}" y2="${y(value)}"/><text x="${left - 8}" y="${y(value) + 4}" text-anchor="end">${round(value)}</text>`;
  });
}

/** To a number whose quarters are short: 1, 2, 4 or 8 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 4, 8].find((times) => times * power >= value) ?? 10);
}

function round(value: number): number {
  return Number(value.toFixed(2));
}
