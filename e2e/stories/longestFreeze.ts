import type { Seat } from './takeSeat.ts';

/** From now on a page times its partner's pictures; the answer is the longest pause so far, ms. */
export async function longestFreeze(
  { panel }: Seat,
  partnerName: string,
): Promise<() => Promise<number>> {
  const timing = await panel.partnerVideo(partnerName).evaluateHandle((element) => {
    if (!(element instanceof HTMLVideoElement)) throw new Error('This element is not a <video>.');
    const record = { last: performance.now(), longest: 0 };
    const next = (now: number) => {
      record.longest = Math.max(record.longest, now - record.last);
      record.last = now;
      element.requestVideoFrameCallback(next);
    };
    element.requestVideoFrameCallback(next);
    return record;
  });
  return () => timing.evaluate(({ longest, last }) => Math.max(longest, performance.now() - last));
}
