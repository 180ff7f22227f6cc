import { startCommand, type RunningCommand } from './startCommand.ts';

interface ProcessOptions {
  /** Arguments of `node`: the script first. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The network namespace it lives in; none: this machine's own network. */
  readonly namespace?: string | undefined;
}

/** A running server of ours that said where it listens. */
export interface RunningProcess extends Omit<RunningCommand<string>, 'word'> {
  readonly url: string;
}

/** Starts a script and waits for its log line with `"msg":"listening"` and a `url`. */
export async function startProcess(options: ProcessOptions): Promise<RunningProcess> {
  const { word: url, ...running } = await startCommand({
    ...options,
    command: process.execPath,
    readyWord: urlIn,
  });
  return { url, ...running };
}

function urlIn(line: string): string | null {
  if (!line.startsWith('{')) return null;
  try {
    const entry = JSON.parse(line) as { msg?: unknown; url?: unknown };
    return entry.msg === 'listening' && typeof entry.url === 'string' ? entry.url : null;
  } catch {
    return null;
  }
}
