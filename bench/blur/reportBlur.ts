import type { FrameCount } from '../../e2e/blur/frameCount.ts';
import type { SceneSize } from '../../e2e/blur/sitterScene.ts';
import type { Figures } from '../figures.ts';
import type { Quality } from './contactSheet.ts';

/** Frames a second at the sink, and cores that the whole browser was busy on. */
interface Speed {
  readonly fps: number;
  readonly cores: number;
}

export interface SizeResult {
  readonly size: SceneSize;
  readonly raw: Speed;
  readonly foyer: Speed;
  /** With the mask of every second frame. */
  readonly foyerHalf: Speed;
  readonly recipe: Speed;
  readonly liveKit: Speed;
  readonly longTasks: number;
  readonly hiddenRatio: number;
  readonly inspected: FrameCount;
}

/** Prints both sizes for people; the figures for programs, of the worse size where there is one each. */
export function reportBlur(results: readonly SizeResult[], qualities: readonly Quality[]): Figures {
  for (const [index, result] of results.entries()) print(result, qualities[index]);
  const [small, large] = results;
  if (!small || !large) throw new Error('Two sizes are measured.');
  const worst = (figure: (result: SizeResult) => number, choose = Math.max) =>
    choose(...results.map(figure));
  return {
    fps_480: round(small.foyer.fps, 1),
    fps_720: round(large.foyer.fps, 1),
    cores_480: round(small.foyer.cores, 2),
    cores_720: round(large.foyer.cores, 2),
    fps_480_half: round(small.foyerHalf.fps, 1),
    cores_480_half: round(small.foyerHalf.cores, 2),
    vs_recipe: round(
      worst(({ foyer, recipe }) => foyer.fps / recipe.fps, Math.min),
      1,
    ),
    vs_livekit: round(
      worst(({ foyer, liveKit }) => foyer.fps / liveKit.fps, Math.min),
      1,
    ),
    long_tasks: worst(({ longTasks }) => longTasks),
    hidden_tab_ratio: round(
      worst(({ hiddenRatio }) => hiddenRatio, Math.min),
      2,
    ),
    raw_frames: results.reduce((sum, { inspected }) => sum + inspected.raw, 0),
  };
}

function print(result: SizeResult, quality: Quality | undefined): void {
  const { size, inspected } = result;
  const line = (name: string, { fps, cores }: Speed) =>
    `  ${name.padEnd(32)} ${fps.toFixed(1).padStart(5)} fps  ${cores.toFixed(2)} cores`;
  console.error(`${size.width} × ${size.height}; medians of Foyer’s runs, the best of each baseline’s; cores of the whole browser:
${line('camera, untouched', result.raw)}
${line('Foyer', result.foyer)}
${line('Foyer, mask every second frame', result.foyerHalf)}
${line('usual recipe', result.recipe)}
${line('LiveKit', result.liveKit)}
  hidden by visible ${result.hiddenRatio.toFixed(2)}, main-thread tasks above 50 ms ${result.longTasks}
  of ${inspected.frames} frames from the switch-on on: ${inspected.raw} raw, ${inspected.neutral} neutral, ${inspected.processed} processed`);
  if (quality)
    console.error(`  sharpness by the camera's: background ${quality.background.toFixed(4)}, person ${quality.person.toFixed(2)} (bars: below 0.1, 0.8–1.25)
  to look at: ${quality.sheet}`);
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
