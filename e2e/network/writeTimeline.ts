import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';

export interface Story {
  /** The file's name, without its end. */
  readonly name: string;
  readonly title: string;
  /** What was done to whom, in a sentence or two. */
  readonly about: string;
}

/** `npm run timelines` names the folder; a test run writes nothing. */
const FOLDER = process.env['TIMELINES_FOLDER'];

/** Writes what happened, as a table, where timelines are wanted. */
export async function writeTimeline({ name, title, about }: Story, table: string): Promise<void> {
  if (FOLDER === undefined) return;
  const text = [
    `# ${title}`,
    about,
    'Milliseconds since the fault, as the two panels saw it. Written by `npm run timelines`.',
    table,
  ].join('\n\n');
  await mkdir(FOLDER, { recursive: true });
  const pretty = await format(text, { parser: 'markdown', printWidth: 100 });
  await writeFile(join(FOLDER, `${name}.md`), pretty);
}
