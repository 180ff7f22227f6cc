import type { CameraEffect } from '../cameraEffect.ts';
import { WALL_COLOUR } from '../wallColour.ts';
import type { BlurState } from './blurState.ts';
import type { Look } from './look.ts';
import type { PumpReport, Showing } from './messages.ts';
import { isNativelyBlurred, offersNativeBlur, switchNativeBlur } from './nativeBlur.ts';
import { PumpHost } from './pumpHost.ts';
import type { QualityLevel } from './quality.ts';
import { SegmenterHost, type SegmenterState } from './segmenterHost.ts';

interface BlurSetup {
  /** Address of the folder with blur's files, with a slash at its end. */
  readonly files: string;
  readonly look: Look;
  /** Null: chosen by how the work goes. */
  readonly fixedQuality: QualityLevel | null;
  changed(state: BlurState): void;
  /** The worker that makes the frames is gone: the track that leaves has to be made anew. */
  broken(): void;
}

/** What is known of the camera that is being processed. */
interface Run {
  readonly pump: PumpHost;
  readonly camera: MediaStreamTrack;
  readonly signal: AbortSignal;
  showing: Showing;
  level: QualityLevel;
  isTooSlow: boolean;
  isBroken: boolean;
  /** Whether masks are made here, and not by the camera. */
  holdsSegmenter: boolean;
}

/**
 * Blurs what is behind the person, in two workers: one makes every frame that leaves and starts at
 * once, the other holds the network and may come later, fail and be replaced. Until a mask is there,
 * frames are neutral.
 */
export class BackgroundBlur implements CameraEffect {
  readonly #setup: BlurSetup;
  readonly #segmenter: SegmenterHost;
  #look: Look;
  #run: Run | null = null;

  constructor(setup: BlurSetup) {
    this.#setup = setup;
    this.#look = setup.look;
    this.#segmenter = new SegmenterHost(setup.files, (state) => this.#segmenterChanged(state));
  }

  process(camera: MediaStreamTrack, signal: AbortSignal): MediaStreamTrack {
    const pump = new PumpHost(
      {
        camera,
        wall: WALL_COLOUR,
        look: this.#look,
        fixedQuality: this.#setup.fixedQuality,
        heard: (report) => this.#heard(run, report),
        broken: () => this.#broken(run),
      },
      signal,
    );
    const run: Run = {
      pump,
      camera,
      signal,
      showing: 'neutral',
      level: 0,
      isTooSlow: false,
      isBroken: false,
      holdsSegmenter: false,
    };
    this.#run = run;
    signal.addEventListener('abort', () => this.#ended(run));
    void this.#begin(run);
    this.#tell();
    return pump.track;
  }

  /** Takes effect with the next frame. */
  setLook(look: Look): void {
    this.#look = look;
    this.#run?.pump.tell({ type: 'look', look });
    if (look.behind === 'colour' && this.#run) this.#leaveNative(this.#run);
  }

  /** Another try after *tooSlow* or *failed*. */
  tryAgain(): void {
    if (this.#run) this.#run.isTooSlow = false;
    this.#run?.pump.tell({ type: 'tryAgain' });
    this.#segmenter.retry();
    this.#tell();
  }

  async #begin(run: Run): Promise<void> {
    const { camera, signal } = run;
    if (this.#look.behind === 'blur' && offersNativeBlur(camera)) {
      signal.addEventListener('abort', () => void switchNativeBlur(camera, false));
      camera.addEventListener(
        'configurationchange',
        () => isNativelyBlurred(camera) || this.#leaveNative(run),
        { signal },
      );
      if (await switchNativeBlur(camera, true))
        return run.pump.tell({ type: 'passThrough', allowed: true });
    }
    this.#useSegmenter(run);
  }

  #leaveNative(run: Run): void {
    run.pump.tell({ type: 'passThrough', allowed: false });
    this.#useSegmenter(run);
  }

  #useSegmenter(run: Run): void {
    if (run.holdsSegmenter || run.signal.aborted) return;
    run.holdsSegmenter = true;
    this.#segmenter.hold(run.signal);
    if (this.#segmenter.state.at === 'ready') this.#connect(run);
  }

  #connect({ pump }: Run): void {
    const port = this.#segmenter.connect();
    pump.tell({ type: 'masks', port }, port);
  }

  #segmenterChanged(state: SegmenterState): void {
    const run = this.#run;
    if (run?.holdsSegmenter && state.at === 'ready') this.#connect(run);
    if (run?.holdsSegmenter && state.at !== 'ready') run.pump.tell({ type: 'masks', port: null });
    this.#tell();
  }

  #heard(run: Run, report: PumpReport): void {
    if (report.type === 'showing') Object.assign(run, report);
    if (report.type === 'tooSlow') run.isTooSlow = true;
    if (report.type === 'masksMissing') this.#segmenter.replace();
    this.#tell();
  }

  #broken(run: Run): void {
    run.isBroken = true;
    this.#tell();
    if (this.#run === run) this.#setup.broken();
  }

  #ended(run: Run): void {
    if (this.#run !== run) return;
    this.#run = null;
    this.#tell();
  }

  #tell(): void {
    this.#setup.changed(this.#run ? stateOf(this.#run, this.#segmenter.state) : { at: 'off' });
  }
}

function stateOf(run: Run, segmenter: SegmenterState): BlurState {
  if (run.isBroken || segmenter.at === 'failed') return { at: 'failed' };
  if (run.isTooSlow) return { at: 'tooSlow' };
  if (run.showing === 'passed') return { at: 'on', by: 'camera', isReduced: false };
  if (run.showing === 'processed') return { at: 'on', by: 'foyer', isReduced: run.level > 0 };
  return { at: 'loading', loaded: segmenter.at === 'loading' ? segmenter.loaded : 1 };
}
