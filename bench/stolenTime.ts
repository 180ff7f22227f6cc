import { readFileSync } from 'node:fs';

/** Where the machine is a guest, its host may give its processors to others: `cpu` of /proc/stat, column 8. */
const STOLEN = 7;

/** Begins to count; the answer is the share of the processors' time that was taken since. */
export function countStolen(): () => number {
  const from = readTimes();
  return () => {
    const passed = readTimes().map((time, column) => time - (from[column] ?? 0));
    const all = passed.reduce((sum, time) => sum + time, 0);
    return all === 0 ? 0 : (passed[STOLEN] ?? 0) / all;
  };
}

/** User, nice, system, idle, iowait, irq, softirq, steal; what follows is counted in the first two. */
function readTimes(): readonly number[] {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n', 1);
  return line.split(/\s+/u).slice(1, 9).map(Number);
}
