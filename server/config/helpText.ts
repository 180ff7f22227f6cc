import { VARIABLES } from './variables.ts';

const HEAD = `Foyer, the hallway track for any livestream.

Starts the server; everything is set by environment variables.

  --print-config   prints what it would run with, without secrets, and ends
  --help           prints this, and ends
`;

/** For --help. */
export function helpText(): string {
  const all = Object.values(VARIABLES);
  const width = Math.max(...all.map(({ name }) => name.length));
  const lines = all.map(({ name, meaning, fallback }) => {
    const otherwise = fallback ? ` (${fallback})` : '';
    return `  ${name.padEnd(width)}   ${meaning}${otherwise}`;
  });
  return `${HEAD}\n${lines.join('\n')}\n`;
}
