import { drawSitter } from './drawSitter.ts';

/** A picture's size, px. */
export interface SceneSize {
  readonly width: number;
  readonly height: number;
}

/** Pictures before the scene repeats. */
export const SCENE_FRAMES = 16;

/** Width of a stripe of the wall, as a share of the picture's. */
export const STRIPE_SHARE = 1 / 40;
const LIGHT_STRIPE = '#e8e4d8';
const DARK_STRIPE = '#5c6b58';
/** How far the sitter sways each way, as a share of the picture's width. */
const SWAY_SHARE = 0.02;

/** Somebody who sways a little, before a wall of stripes that wander: a code that no blur keeps. */
export function drawScene(pen: CanvasRenderingContext2D, size: SceneSize, frame: number): void {
  const { width, height } = size;
  const turn = frame / SCENE_FRAMES;
  const stripe = width * STRIPE_SHARE;
  pen.fillStyle = LIGHT_STRIPE;
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = DARK_STRIPE;
  for (let x = -2 * stripe + turn * 2 * stripe; x < width; x += 2 * stripe)
    pen.fillRect(x, 0, stripe, height);
  drawSitter(pen, { ...size, lean: leanAt(width, frame) });
}

/** How far the sitter leans to the right in a picture of the scene, px. */
function leanAt(width: number, frame: number): number {
  return width * SWAY_SHARE * Math.sin((2 * Math.PI * frame) / SCENE_FRAMES);
}
