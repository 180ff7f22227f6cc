import type { Clock } from '../ports/clock.ts';
import type { ReadinessCheck } from '../ports/readinessCheck.ts';

/** A part that takes longer is not there; balancers themselves give up after a few seconds; ms. */
const PATIENCE_MS = 2_000;

/** Which parts cannot be reached at this moment. */
export async function failingParts(
  checks: readonly ReadinessCheck[],
  clock: Clock,
): Promise<readonly ReadinessCheck['part'][]> {
  const works = await Promise.all(checks.map((check) => soon(check.works(), clock)));
  return checks.filter((_, place) => !works[place]).map(({ part }) => part);
}

function soon(works: Promise<boolean>, clock: Clock): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = clock.after(PATIENCE_MS, () => resolve(false));
    void works.then((answer) => {
      cancel();
      resolve(answer);
    });
  });
}
