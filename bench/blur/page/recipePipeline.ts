import {
  createSegmenter,
  drawBokehEffect,
  SupportedModels,
} from '@tensorflow-models/body-segmentation';
import '@tensorflow/tfjs';
import type { Pipeline } from './pipeline.ts';

/** The recipe's own figures: how sure the network has to be, and how far both blurs reach, px. */
const THRESHOLD = 0.5;
const BACKGROUND_BLUR = 15;
const EDGE_BLUR = 3;

/**
 * The usual recipe: on every animation frame, find people in the <video> and draw it with the bokeh
 * effect on a canvas, whose captured stream is sent. TensorFlow.js chooses its backend.
 */
export const recipePipeline: Pipeline = async (camera, signal) => {
  const segmenter = await createSegmenter(SupportedModels.MediaPipeSelfieSegmentation, {
    runtime: 'tfjs',
    modelType: 'landscape',
    modelUrl: '/blur/model.json',
  });
  const video = document.createElement('video');
  Object.assign(video, { srcObject: new MediaStream([camera]), muted: true });
  await video.play();
  // The recipe's library reads the element's own size.
  Object.assign(video, { width: video.videoWidth, height: video.videoHeight });
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: video.videoWidth, height: video.videoHeight });
  const draw = async () => {
    if (signal.aborted) return;
    const people = await segmenter.segmentPeople(video);
    await drawBokehEffect(canvas, video, people, THRESHOLD, BACKGROUND_BLUR, EDGE_BLUR);
    for (const { mask } of people) (await mask.toTensor()).dispose();
    requestAnimationFrame(() => void draw());
  };
  canvas.getContext('2d');
  const [track] = canvas.captureStream().getVideoTracks();
  if (!track) throw new Error('A canvas stream has a video track.');
  signal.addEventListener('abort', () => track.stop());
  void draw();
  return track;
};
