import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { forkBeside } from '../forkBeside.ts';
import type { LobbyPlace } from './lobbyPlace.ts';

/** A lobby of Foyer's, or any socket server that answers a ping. */
export type CrowdPlace = LobbyPlace | { readonly url: string };

export type CrowdRequest =
  | { readonly do: 'come'; readonly place: CrowdPlace; readonly people: number }
  | { readonly do: 'go' };

/** Idle people in a process of their own. */
export interface Crowd {
  /** More people come; resolves when all are connected. */
  come(place: CrowdPlace, people: number): Promise<void>;
  /** All leave. */
  go(): Promise<void>;
  end(): Promise<void>;
}

/** @param group which of several crowds it is, from 0: each comes from addresses of its own. */
export function startCrowd(group: number): Crowd {
  const script = fileURLToPath(new URL('crowdProcess.ts', import.meta.url));
  const child = forkBeside(script, String(group));
  const ended = once(child, 'exit');
  const request = async (message: CrowdRequest) => {
    const gone = ended.then(([code]) => {
      throw new Error(`The crowd's process ended with code ${String(code)}.`);
    });
    const done = once(child, 'message');
    child.send(message);
    await Promise.race([done, gone]);
  };
  return {
    come: (place, people) => request({ do: 'come', place, people }),
    go: () => request({ do: 'go' }),
    end: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
