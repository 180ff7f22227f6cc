interface Look {
  readonly room: string;
  readonly skin: string;
  readonly hair: string;
  readonly shirt: string;
}

const WIDTH = 640;
const HEIGHT = 480;
const FRAME_MS = 200;

function ellipse(
  pen: CanvasRenderingContext2D,
  colour: string,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.ellipse(x, y, width, height, 0, 0, 2 * Math.PI);
  pen.fill();
}

function draw(pen: CanvasRenderingContext2D, look: Look): void {
  const light = pen.createRadialGradient(160, 120, 20, 320, 240, 480);
  light.addColorStop(0, '#ffe6b8');
  light.addColorStop(1, look.room);
  pen.fillStyle = light;
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  ellipse(pen, look.shirt, 320, 500, 190, 150);
  ellipse(pen, look.hair, 320, 200, 112, 128);
  ellipse(pen, look.skin, 320, 330, 44, 60);
  ellipse(pen, look.skin, 320, 228, 88, 112);
  for (const side of [-1, 1]) ellipse(pen, '#241a1a', 320 + side * 34, 218, 8, 10);
  pen.strokeStyle = '#7a3326';
  pen.lineWidth = 6;
  pen.beginPath();
  pen.arc(320, 262, 32, 0.25, Math.PI - 0.25);
  pen.stroke();
}

/** A camera's picture without a camera: somebody in a lit room, as a stream. */
export function fakePerson(look: Look): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('This browser has no 2D canvas.');
  draw(pen, look);
  setInterval(() => draw(pen, look), FRAME_MS);
  return canvas.captureStream();
}
