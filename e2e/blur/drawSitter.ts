/** Where the sitter's picture stands, px. */
interface Shape {
  readonly width: number;
  readonly height: number;
  /** How far the sitter leans to the right. */
  readonly lean: number;
}

const SKIN = { light: '#f0c8ae', middle: '#d9a688', dark: '#b07d62' };
const HAIR = '#2a1b14';
const FULL_TURN = 2 * Math.PI;

/**
 * Somebody at a desk, drawn by hand with enough light and shade that the segmentation network takes
 * it for a person (its mask covers 98 % of what is drawn). Coordinates are in heads: 0, 0 is between
 * the eyes, 1 is the distance from there to the side of the face.
 */
export function drawSitter(pen: CanvasRenderingContext2D, { width, height, lean }: Shape): void {
  pen.save();
  const head = height * 0.16;
  pen.translate(width / 2 + lean, height * 0.4);
  pen.scale(head, head);
  drawTorso(pen);
  drawHead(pen);
  for (const side of [-1, 1]) drawEye(pen, side);
  drawNoseAndMouth(pen);
  pen.restore();
}

function drawTorso(pen: CanvasRenderingContext2D): void {
  const cloth = pen.createLinearGradient(-2.6, 0, 2.6, 0);
  cloth.addColorStop(0, '#1d2c4a');
  cloth.addColorStop(0.35, '#3d5a8f');
  cloth.addColorStop(0.6, '#35507f');
  cloth.addColorStop(1, '#16213a');
  pen.fillStyle = cloth;
  pen.beginPath();
  pen.moveTo(-2.62, 3.9);
  pen.bezierCurveTo(-2.62, 2.25, -1.75, 1.88, -0.62, 1.56);
  pen.lineTo(0.62, 1.56);
  pen.bezierCurveTo(1.75, 1.88, 2.62, 2.25, 2.62, 3.9);
  pen.fill();
  const throat = pen.createLinearGradient(0, 0.8, 0, 1.8);
  throat.addColorStop(0, '#8f6048');
  throat.addColorStop(1, SKIN.middle);
  pen.fillStyle = throat;
  pen.beginPath();
  pen.moveTo(-0.5, 0.7);
  pen.lineTo(-0.55, 1.65);
  pen.quadraticCurveTo(0, 2.1, 0.55, 1.65);
  pen.lineTo(0.5, 0.7);
  pen.fill();
  strokeCurve(pen, 'rgba(10, 15, 30, 0.7)', 0.08, [-0.6, 1.55, 0, 2.25, 0.6, 1.55]);
}

function drawHead(pen: CanvasRenderingContext2D): void {
  fillEllipse(pen, HAIR, [0, -0.15, 1.02, 1.25]);
  for (const side of [-1, 1]) fillEllipse(pen, SKIN.dark, [side * 0.9, 0.1, 0.14, 0.26]);
  const face = pen.createRadialGradient(-0.25, -0.2, 0.1, 0, 0.1, 1.35);
  face.addColorStop(0, SKIN.light);
  face.addColorStop(0.55, SKIN.middle);
  face.addColorStop(1, SKIN.dark);
  pen.fillStyle = face;
  pen.beginPath();
  pen.moveTo(-0.86, -0.3);
  pen.bezierCurveTo(-0.9, 0.6, -0.5, 1.2, 0, 1.22);
  pen.bezierCurveTo(0.5, 1.2, 0.9, 0.6, 0.86, -0.3);
  pen.bezierCurveTo(0.8, -1.05, -0.8, -1.05, -0.86, -0.3);
  pen.fill();
  pen.fillStyle = HAIR;
  pen.beginPath();
  pen.moveTo(-0.95, -0.1);
  pen.bezierCurveTo(-0.8, -0.75, -0.2, -0.7, 0.3, -0.78);
  pen.bezierCurveTo(0.7, -0.7, 0.85, -0.5, 0.95, -0.1);
  pen.bezierCurveTo(1.1, -1.45, -1.1, -1.45, -0.95, -0.1);
  pen.fill();
}

/** @param side −1 left, 1 right */
function drawEye(pen: CanvasRenderingContext2D, side: number): void {
  const x = side * 0.38;
  const shade = pen.createRadialGradient(x, 0.02, 0.05, x, 0.02, 0.32);
  shade.addColorStop(0, 'rgba(90, 50, 35, 0.45)');
  shade.addColorStop(1, 'rgba(90, 50, 35, 0)');
  pen.fillStyle = shade;
  pen.fillRect(x - 0.4, -0.38, 0.8, 0.8);
  fillEllipse(pen, '#f4efe9', [x, 0.02, 0.17, 0.085]);
  fillEllipse(pen, '#3b2a1c', [x, 0.02, 0.08, 0.08]);
  fillEllipse(pen, '#ffffff', [x + 0.025, -0.005, 0.02, 0.02]);
  strokeCurve(pen, HAIR, 0.07, [x - 0.2, -0.17, x, -0.26, x + 0.2, -0.17]);
  strokeCurve(pen, HAIR, 0.03, [x - 0.18, 0, x, -0.11, x + 0.18, 0]);
}

function drawNoseAndMouth(pen: CanvasRenderingContext2D): void {
  strokeCurve(pen, 'rgba(120, 70, 50, 0.7)', 0.04, [-0.06, 0.1, -0.16, 0.45, -0.12, 0.5]);
  strokeCurve(pen, 'rgba(120, 70, 50, 0.7)', 0.04, [-0.12, 0.5, 0, 0.58, 0.13, 0.5]);
  fillEllipse(pen, 'rgba(255, 230, 215, 0.5)', [0.01, 0.3, 0.06, 0.2]);
  for (const side of [-1, 1])
    fillEllipse(pen, 'rgba(60, 25, 15, 0.6)', [side * 0.08, 0.52, 0.04, 0.022]);
  pen.fillStyle = '#a6544d';
  pen.beginPath();
  pen.moveTo(-0.3, 0.78);
  pen.quadraticCurveTo(0, 0.66, 0.3, 0.78);
  pen.quadraticCurveTo(0, 0.95, -0.3, 0.78);
  pen.fill();
  strokeCurve(pen, '#6b2f2b', 0.025, [-0.3, 0.78, 0, 0.83, 0.3, 0.78]);
}

function fillEllipse(
  pen: CanvasRenderingContext2D,
  colour: string,
  [x, y, across, down]: readonly [number, number, number, number],
): void {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.ellipse(x, y, across, down, 0, 0, FULL_TURN);
  pen.fill();
}

function strokeCurve(
  pen: CanvasRenderingContext2D,
  colour: string,
  lineWidth: number,
  [fromX, fromY, byX, byY, toX, toY]: readonly [number, number, number, number, number, number],
): void {
  Object.assign(pen, { strokeStyle: colour, lineWidth, lineCap: 'round' });
  pen.beginPath();
  pen.moveTo(fromX, fromY);
  pen.quadraticCurveTo(byX, byY, toX, toY);
  pen.stroke();
}
