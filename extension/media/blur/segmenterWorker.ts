import type { MaskAnswer, MaskRequest, SegmenterOrder, SegmenterReport } from './messages.ts';
import { loadSegmenter, type Segment } from './segmenter.ts';

/** The worker that holds the network; who needs masks talks to it through a port. */
let loading: Promise<Segment> | null = null;

addEventListener('message', ({ data }: MessageEvent<SegmenterOrder>) => {
  if (data.type === 'load') loading = load(data.files);
  else serve(data.port);
});

async function load(files: string): Promise<Segment> {
  try {
    const segment = await loadSegmenter(files, (loaded) => report({ type: 'progress', loaded }));
    report({ type: 'ready' });
    return segment;
  } catch (error) {
    return failed(error);
  }
}

function serve(port: MessagePort): void {
  port.onmessage = ({ data }: MessageEvent<MaskRequest>) => void answer(port, data);
}

async function answer(port: MessagePort, { id, pixels }: MaskRequest): Promise<void> {
  const segment = await loading;
  if (!segment) return;
  try {
    const mask = await segment(pixels);
    const message: MaskAnswer = { id, mask, pixels };
    port.postMessage(message, [mask.buffer, pixels.buffer]);
  } catch (error) {
    failed(error);
  }
}

/** Never settles: who waits is cut off when the page ends this worker. */
function failed(error: unknown): Promise<never> {
  report({ type: 'failed', reason: String(error) });
  return new Promise(() => undefined);
}

function report(message: SegmenterReport): void {
  postMessage(message);
}
