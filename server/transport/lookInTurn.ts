import type { Millis } from '../../shared/ids.ts';

/** Between two looks at some of them. */
const TURN_MS: Millis = 50;

interface Looks<T> {
  /** In the order of their coming. */
  all(): Iterable<T>;
  /** How often each is looked at. */
  readonly everyMs: Millis;
  readonly look: (one: T) => void;
  readonly signal: AbortSignal;
}

/**
 * Looks at each once in a while, at a few in each turn: a ping to each of thousands in the same instant
 * would hold up everybody's messages.
 */
export function lookInTurn<T>({ all, everyMs, look, signal }: Looks<T>): void {
  const turns = Math.max(1, Math.floor(everyMs / TURN_MS));
  let round: readonly T[] = [];
  let turn = 0;
  const timer = setInterval(() => {
    if (turn === 0) round = [...all()];
    const [from, to] = [turn, turn + 1].map((each) => Math.floor((each * round.length) / turns));
    for (const one of round.slice(from, to)) look(one);
    turn = (turn + 1) % turns;
  }, everyMs / turns);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}
