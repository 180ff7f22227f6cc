import { readFileSync, readdirSync } from 'node:fs';

/** The kernel's unit in /proc, which is the same everywhere. */
const TICKS_PER_SECOND = 100;
/** Fields of /proc/PID/stat after the name in brackets. */
const PARENT = 1;
const USER_TICKS = 11;
const SYSTEM_TICKS = 12;

/** CPU time that a process and all below it have used so far, s. */
export function cpuSeconds(root: number): number {
  const processes = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => readStat(Number(name))),
  );
  const isBelow = (pid: number): boolean => {
    const parent = processes.get(pid)?.parent;
    return pid === root || (parent !== undefined && parent > 1 && isBelow(parent));
  };
  let ticks = 0;
  for (const [pid, stat] of processes) if (isBelow(pid)) ticks += stat.ticks;
  return ticks / TICKS_PER_SECOND;
}

/** Empty for a process that has just ended. */
function readStat(pid: number): [number, { parent: number; ticks: number }][] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const ticks = (fields[USER_TICKS] ?? 0) + (fields[SYSTEM_TICKS] ?? 0);
    return [[pid, { parent: fields[PARENT] ?? 0, ticks }]];
  } catch {
    return [];
  }
}
