import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Millis } from '../../shared/ids.ts';
import { forkBeside } from '../forkBeside.ts';
import type { LobbyPlace } from '../lobby/lobbyPlace.ts';

export type AttackRequest =
  { readonly do: 'attack'; readonly place: LobbyPlace } | { readonly do: 'rest' };

/** What the attacker got through so far. */
export interface AttackCount {
  readonly connections: number;
  readonly frames: number;
  readonly joins: number;
  readonly kilobytes: number;
}

/** The burst that every limit allows is over by then. */
const WELL_UNDER_WAY_MS: Millis = 5_000;

/** One attacker, in a process of their own. */
export interface Attacker {
  /** Resolves when the flood is well under way. */
  attack(place: LobbyPlace): Promise<void>;
  /** What they did since they were told to attack. */
  rest(): Promise<AttackCount>;
  end(): Promise<void>;
}

export function startAttacker(): Attacker {
  const child = forkBeside(fileURLToPath(new URL('attackerProcess.ts', import.meta.url)));
  const ended = once(child, 'exit');
  const request = async (message: AttackRequest): Promise<AttackCount> => {
    const gone = ended.then(([code]): never => {
      throw new Error(`The attacker's process ended with code ${String(code)}.`);
    });
    const done = once(child, 'message');
    child.send(message);
    const [count] = (await Promise.race([done, gone])) as [AttackCount];
    return count;
  };
  return {
    attack: async (place) => {
      await request({ do: 'attack', place });
      await pause(WELL_UNDER_WAY_MS);
    },
    rest: () => request({ do: 'rest' }),
    end: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
