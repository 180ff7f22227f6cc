import type { Seat } from './takeSeat.ts';

/** Begins to note what a call's clock shows; the answer lists all of it so far, s. */
export async function rememberClock({ place }: Seat): Promise<() => Promise<number[]>> {
  const notes = await place.evaluateHandle(() => {
    const shown: string[] = [];
    const look = () => {
      const clock = document.querySelector('[role=timer]')?.textContent?.trim();
      if (clock) shown.push(clock);
    };
    new MutationObserver(look).observe(document, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    return shown;
  });
  return async () => (await notes.jsonValue()).map(inSeconds);
}

/** Of `m:ss`. */
function inSeconds(clock: string): number {
  const [minutes = '0', seconds = '0'] = clock.split(':');
  return Number(minutes) * 60 + Number(seconds);
}
