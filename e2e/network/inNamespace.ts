/** A command line that runs a program in a network namespace; without one, the program's own. */
export function inNamespace(
  namespace: string | undefined,
  command: string,
  args: readonly string[],
): readonly [command: string, args: readonly string[]] {
  if (namespace === undefined) return [command, args];
  return ['ip', ['netns', 'exec', namespace, command, ...args]];
}
