import type { Figures } from '../figures.ts';
import { percentile } from '../percentile.ts';
import { liveThrough, type Life } from './asynchronous.ts';
import { lockstep, lockstepInOrder } from './lockstep.ts';
import { releaseCosts } from './releaseCost.ts';

const SESSIONS = [
  { people: 10, rounds: 9, runs: 200 },
  { people: 51, rounds: 51, runs: 20 },
  { people: 200, rounds: 199, runs: 2 },
];
const LIVES = [
  { people: 10, runs: 200 },
  { people: 51, runs: 10 },
];
/** The size up to which a pair may be held; the server's own, and never. */
const HELD = 20;
const AT_ONCE = 0;

/**
 * Pairing, by simulation through the real lobby with a clock of its own.
 *
 * - `session_N`: rounds in which all N are released together: pairs made, as a share of what the best
 *   plan makes (the circle method). Baseline: first in, first out.
 * - `decision_efficiency`: in a lobby that lives (calls of two minutes, three of ten end early): the
 *   pairs that a command made, and those that it kept open to make a better one, of the pairs that
 *   were possible at that moment; over all commands after which somebody could have been paired.
 * - `avoidable_idle_N`: of the time that people were not in a call, the share (in percent) in which
 *   they waited although there was a partner for them. Baseline: nothing is ever held.
 * - `release_5000_cpu_ms`: CPU of the one command that pairs 5,000 people, median of the rounds.
 */
export async function matching(): Promise<Figures> {
  const sessions = SESSIONS.map((session) => {
    const [share, inOrder] = [lockstep(session), lockstepInOrder(session)];
    console.error(
      `${session.people} people, ${session.rounds} rounds: ${share.toFixed(4)} of the best plan; first in, first out ${inOrder.toFixed(3)}`,
    );
    return [`session_${session.people}`, floored(share)] as const;
  });
  const lives = LIVES.map(({ people, runs }) => {
    const [held, atOnce] = [lifeOf(people, runs, HELD), lifeOf(people, runs, AT_ONCE)];
    console.error(`${people} people, calls that end early: ${inWords(held)}
  nothing held: ${inWords(atOnce)}`);
    return { people, ...held };
  });
  const costs = releaseCosts();
  console.error(`5,000 released: ${costs.map((cost) => cost.toFixed(0)).join(', ')} ms of CPU`);
  const sum = (pick: (life: Life) => number) =>
    lives.reduce((total, life) => total + pick(life), 0);
  return {
    decision_efficiency: floored(sum(({ decided }) => decided) / sum(({ possible }) => possible)),
    ...Object.fromEntries(
      lives.map((life) => [`avoidable_idle_${life.people}`, Number(avoidable(life).toFixed(3))]),
    ),
    ...Object.fromEntries(sessions),
    release_5000_cpu_ms: Number(percentile(costs, 0.5).toFixed(1)),
  };
}

function lifeOf(people: number, runs: number, smallLobbySize: number): Life {
  const total = {
    calls: 0,
    decided: 0,
    possible: 0,
    idleMs: 0,
    avoidableMs: 0,
    presentMs: 0,
    foretold: 0,
    kept: 0,
  };
  for (let seed = 1; seed <= runs; seed += 1) {
    const life = liveThrough({ people, seed, smallLobbySize });
    for (const key of Object.keys(total) as (keyof Life)[]) total[key] += life[key];
  }
  return total;
}

/** Percent. */
function avoidable({ avoidableMs, idleMs }: Life): number {
  return (100 * avoidableMs) / idleMs;
}

function inWords(life: Life): string {
  const { calls, decided, possible, idleMs, presentMs, foretold, kept } = life;
  return `${calls} calls, ${decided} of ${possible} possible pairs, waiting ${((100 * idleMs) / presentMs).toFixed(1)} % of the time, ${avoidable(life).toFixed(3)} % of that avoidable; ${kept} of ${foretold} foretold waits were at most 10 s longer than told`;
}

/** Never rounded up: a bar of 1 means every single one. */
function floored(share: number): number {
  return Math.floor(share * 10_000) / 10_000;
}
