import type { FrameCount } from '../../../e2e/blur/frameCount.ts';
import type { SceneSize } from '../../../e2e/blur/sitterScene.ts';
import { watchFrames } from '../../../e2e/blur/watchFrames.ts';
import type { Look } from '../../../extension/media/blur/look.ts';
import { countSink } from './countSink.ts';
import { foyerPipeline } from './foyerPipeline.ts';
import { grabPicture } from './grabPicture.ts';
import type { Pipeline } from './pipeline.ts';
import { sharpnessOf, type Sharpness } from './sharpnessOf.ts';

/** What is measured: `foyerHalf` is Foyer with the mask of every second frame. */
export type PipelineName = 'raw' | 'foyer' | 'foyerHalf' | 'recipe' | 'liveKit';

/** A picture as PNG data URL, and how sharp it is. */
export interface Shot {
  readonly picture: string;
  readonly sharpness: Sharpness;
}

/** What the driver of the bench calls in the page. */
interface BlurBench {
  start(name: PipelineName, size: SceneSize): Promise<void>;
  stop(): void;
  /** Frames a second that reach a reader of the track. */
  framesPerSecond(forMs: number): Promise<number>;
  /** Main-thread tasks above 50 ms since the last *start*. */
  longTasks(): number;
  /** Switches Foyer's blur on and counts what is on every frame from then on. */
  inspect(size: SceneSize): Promise<void>;
  inspected(): FrameCount;
  /** One picture of the camera (null) or of Foyer's result. */
  shoot(look: Look | null, size: SceneSize): Promise<Shot>;
}

declare global {
  var blurBench: BlurBench | undefined;
}

interface Running {
  readonly camera: MediaStreamTrack;
  readonly ending: AbortController;
  track: MediaStreamTrack;
}

/** Baselines load their libraries only when they run: nothing of them weighs on the others. */
const PIPELINES: Readonly<Record<PipelineName, () => Promise<Pipeline>>> = {
  raw: async () => async (camera) => camera,
  foyer: async () => foyerPipeline({ quality: 0 }),
  foyerHalf: async () => foyerPipeline({ quality: 1 }),
  recipe: async () => (await import('./recipePipeline.ts')).recipePipeline,
  liveKit: async () => (await import('./liveKitPipeline.ts')).liveKitPipeline,
};
/** Until the mask has settled and the first frames are gone. */
const SETTLED_MS = 700;

const MOST_LOOKS = 20;

let running: Running | null = null;
let counted: FrameCount | null = null;
let longTasks = 0;
new PerformanceObserver((list) => (longTasks += list.getEntries().length)).observe({
  type: 'longtask',
});

globalThis.blurBench = {
  start: async (name, size) => {
    const pipeline = await PIPELINES[name]();
    longTasks = 0;
    await run(pipeline, size);
  },
  stop,
  framesPerSecond: (forMs) => countSink(now().track, forMs),
  longTasks: () => longTasks,
  inspect: (size) =>
    run((camera, signal) => {
      const made = (track: MediaStreamTrack) => (counted = watchFrames(track.clone(), signal));
      return foyerPipeline({ quality: null, made })(camera, signal);
    }, size),
  inspected: () => {
    if (!counted) throw new Error('Nothing was counted.');
    return { ...counted };
  },
  shoot: async (look, size) => {
    await run(look ? foyerPipeline({ quality: 0, look }) : async (camera) => camera, size);
    await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
    let canvas = await grabPicture(now().track);
    let sharpness = sharpnessOf(canvas, size);
    // On an overloaded machine a neutral picture may come in between.
    for (let look = 0; sharpness.person === 0 && look < MOST_LOOKS; look += 1) {
      canvas = await grabPicture(now().track);
      sharpness = sharpnessOf(canvas, size);
    }
    stop();
    return { picture: canvas.toDataURL('image/png'), sharpness };
  },
};

async function run(pipeline: Pipeline, { width, height }: SceneSize): Promise<void> {
  stop();
  const video = { width, height, frameRate: 30 };
  const [camera] = (await navigator.mediaDevices.getUserMedia({ video })).getVideoTracks();
  if (!camera) throw new Error('The fake camera has a picture.');
  running = { camera, ending: new AbortController(), track: camera };
  running.track = await pipeline(camera, running.ending.signal);
}

function stop(): void {
  running?.ending.abort();
  running?.camera.stop();
  running = null;
}

function now(): Running {
  if (!running) throw new Error('Nothing runs.');
  return running;
}
