import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export type LoadRequest =
  | { readonly do: 'open'; readonly url: string; readonly pairs: number }
  | { readonly do: 'send'; readonly ms: number };

/** Pairs at a broker, in a process of their own, who are silent until they are told to send. */
export interface Load {
  /** How many frames have passed. */
  send(ms: number): Promise<number>;
  end(): Promise<void>;
}

export async function startLoad(url: string, pairs: number): Promise<Load> {
  const child = fork(fileURLToPath(new URL('loadProcess.ts', import.meta.url)));
  const exited = once(child, 'exit');
  const request = async (message: LoadRequest): Promise<number> => {
    const failed = exited.then(([code]): never => {
      throw new Error(`The load's process ended with code ${String(code)}.`);
    });
    const answered = once(child, 'message');
    child.send(message);
    const [{ frames }] = (await Promise.race([answered, failed])) as [{ frames: number }];
    return frames;
  };
  await request({ do: 'open', url, pairs });
  return {
    send: (ms) => request({ do: 'send', ms }),
    end: async () => {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}
