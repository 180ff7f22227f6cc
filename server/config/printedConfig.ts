import { VARIABLES } from './variables.ts';

/** For --print-config: what the server would run with, one `NAME=text` a line, without secrets. */
export function printedConfig(environment: Readonly<Record<string, string | undefined>>): string {
  const lines = Object.values(VARIABLES).map(({ name, fallback, mask = unchanged }) => {
    const set = environment[name];
    if (set !== undefined) return `${name}=${mask(set)}`;
    return fallback ? `${name}=${fallback}  # default` : `# ${name} is not set`;
  });
  return `${lines.join('\n')}\n`;
}

function unchanged(text: string): string {
  return text;
}
