import { fail, ok, type Result } from '../../shared/result.ts';

export type Task = 'start' | 'printConfig' | 'help';

const TASKS: ReadonlyMap<string, Task> = new Map([
  ['--print-config', 'printConfig'],
  ['--help', 'help'],
]);

/** What the program is asked to do. Everything else is set in the environment. */
export function commandLine(args: readonly string[]): Result<Task, string> {
  const [first, ...more] = args;
  if (first === undefined) return ok('start');
  const task = TASKS.get(first);
  if (task && more.length === 0) return ok(task);
  return fail(`${args.join(' ')} is no option of Foyer. --help tells which there are.`);
}
