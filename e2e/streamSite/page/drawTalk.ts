/** The camera in the hall: a slide that builds itself up, and a speaker who walks before it. */
export const TALK_PICTURE = { width: 1280, height: 720, perSecond: 10 };

const { width, height, perSecond } = TALK_PICTURE;
const POINTS = [
  'Talks can be watched alone.',
  'People cannot be met alone.',
  'So: a door in the page.',
];
/** Seconds from one point to the next, and until the slide begins anew. */
const POINT_SECONDS = 4;
const LOOP_SECONDS = 24;

export function drawTalk(context: CanvasRenderingContext2D, picture: number): void {
  const seconds = picture / perSecond;
  drawHall(context);
  drawSlide(context, seconds % LOOP_SECONDS);
  drawSpeaker(context, seconds);
}

function drawHall(context: CanvasRenderingContext2D): void {
  const light = context.createRadialGradient(width / 2, 260, 100, width / 2, 300, 800);
  light.addColorStop(0, '#2a3446');
  light.addColorStop(1, '#090c11');
  context.fillStyle = light;
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#11151b';
  context.fillRect(0, 600, width, 120);
}

function drawSlide(context: CanvasRenderingContext2D, seconds: number): void {
  context.fillStyle = '#f5f1e6';
  context.fillRect(110, 60, 820, 470);
  context.fillStyle = '#1b2740';
  context.font = '700 54px system-ui, sans-serif';
  context.fillText('Building for the hallway', 160, 160);
  context.fillStyle = '#d9912b';
  context.fillRect(160, 190, 40 + 680 * Math.min(1, seconds / (LOOP_SECONDS - 2)), 6);
  context.font = '32px system-ui, sans-serif';
  POINTS.forEach((point, index) => {
    context.globalAlpha = Math.max(0, Math.min(1, seconds - index * POINT_SECONDS));
    context.fillStyle = '#3b4761';
    context.fillText(point, 160, 280 + index * 70);
  });
  context.globalAlpha = 1;
}

function drawSpeaker(context: CanvasRenderingContext2D, seconds: number): void {
  const x = 1060 + Math.sin(seconds / 2) * 45;
  const nod = Math.sin(seconds * 3) * 3;
  context.fillStyle = '#3d6b64';
  context.beginPath();
  context.roundRect(x - 62, 382, 124, 338, [56, 56, 0, 0]);
  context.fill();
  context.fillStyle = '#e2b08c';
  context.beginPath();
  context.ellipse(x, 338 + nod, 42, 54, 0, 0, Math.PI * 2);
  context.fill();
  context.fillStyle = '#33241f';
  context.beginPath();
  context.ellipse(x, 308 + nod, 46, 36, 0, Math.PI, Math.PI * 2);
  context.fill();
}
