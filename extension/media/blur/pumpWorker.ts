import { FramePump } from './framePump.ts';
import type { PumpOrder, PumpReport } from './messages.ts';

/** The worker that makes the frames that leave; it knows no network, so it starts at once. */
let pump: FramePump | null = null;

addEventListener('message', ({ data: order }: MessageEvent<PumpOrder>) => {
  if (order.type !== 'start') {
    pump?.order(order);
    return;
  }
  pump = new FramePump(
    order,
    (report: PumpReport) => postMessage(report),
    () => performance.now(),
  );
  void pump.run();
});
