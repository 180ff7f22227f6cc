import { BackgroundProcessor } from '@livekit/track-processors';
import type { Pipeline } from './pipeline.ts';

/** LiveKit's track-processors as its README uses them; on the processor, which is faster here. */
export const liveKitPipeline: Pipeline = async (camera, signal) => {
  const processor = BackgroundProcessor({
    mode: 'background-blur',
    blurRadius: 10,
    segmenterOptions: { delegate: 'CPU' },
    assetPaths: {
      tasksVisionFileSet: '/tasks-vision',
      modelAssetPath: '/tasks-vision/selfie_segmenter.tflite',
    },
  });
  const element = document.createElement('video');
  Object.assign(element, { srcObject: new MediaStream([camera]), muted: true });
  await element.play();
  const options = { kind: 'video', track: camera, element } as Parameters<typeof processor.init>[0];
  await processor.init(options);
  signal.addEventListener('abort', () => void processor.destroy());
  if (!processor.processedTrack) throw new Error('LiveKit gave no track.');
  return processor.processedTrack;
};
