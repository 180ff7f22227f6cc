import { globSync, readFileSync } from 'node:fs';

/** A process of this Linux machine and its children. */
export function processFamily(pid: number | undefined): readonly number[] {
  if (pid === undefined) return [];
  const children = globSync('/proc/[0-9]*/stat').filter((path) => parentIn(path) === pid);
  return [pid, ...children.map((path) => Number(path.split('/')[2]))];
}

/** The fourth field; the second is a name in brackets, which may hold anything. */
function parentIn(path: string): number | null {
  try {
    const stat = readFileSync(path, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}
