import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { startProcess } from '../../e2e/server/startProcess.ts';
import { cpuSeconds } from '../blur/cpuSeconds.ts';
import type { Figures } from '../figures.ts';
import { percentile } from '../percentile.ts';
import { startLoad } from './load.ts';

const PAIRS = 100;
/** Short turns, many rounds: what else the machine does then meets all three alike. */
const ROUNDS = 24;
const TURN_MS = 1_000;
/** Until every server's code is compiled as it stays. */
const WARM_UP_ROUNDS = 3;

const SERVERS = {
  guarded: 'guardedProcess.ts',
  peer: 'stockPeerProcess.ts',
  ws: 'bareRelayProcess.ts',
} as const;
type Name = keyof typeof SERVERS;
const NAMES = Object.keys(SERVERS) as Name[];

interface Turn {
  readonly frames: number;
  readonly seconds: number;
}

interface Measured {
  turn(): Promise<Turn>;
  end(): Promise<void>;
}

/**
 * Foyer's broker with its guards, stock PeerServer and a bare `ws` relay, each in a process of its
 * own and at it by short turns: 100 pairs send each other offers of 3 kB as fast as they are
 * answered. What counts is messages a second of the server's CPU, over all its turns.
 */
export async function broker(): Promise<Figures> {
  console.error(`${ROUNDS} rounds; the machine's load is ${loadavg()[0]?.toFixed(1)} …`);
  const servers = new Map<Name, Measured>();
  try {
    for (const name of NAMES) servers.set(name, await start(name));
    await playRounds(servers, WARM_UP_ROUNDS);
    return report(await playRounds(servers, ROUNDS));
  } finally {
    for (const server of servers.values()) await server.end();
  }
}

async function start(name: Name): Promise<Measured> {
  const script = fileURLToPath(new URL(SERVERS[name], import.meta.url));
  const server = await startProcess({ args: [script, String(PAIRS)] });
  const load = await startLoad(server.url, PAIRS);
  return {
    turn: async () => {
      const before = cpuSeconds(server.pid);
      const frames = await load.send(TURN_MS);
      return { frames, seconds: cpuSeconds(server.pid) - before };
    },
    end: async () => {
      await load.end();
      await server.stop();
    },
  };
}

/** Each round begins with another server, so that none always follows the same one. */
async function playRounds(servers: ReadonlyMap<Name, Measured>, rounds: number) {
  const turns: Record<Name, Turn[]> = { guarded: [], peer: [], ws: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (let place = 0; place < NAMES.length; place += 1) {
      const name = NAMES[(round % 2 === 0 ? place : -place - 1 + NAMES.length) % NAMES.length]!;
      turns[name].push(await servers.get(name)!.turn());
    }
  }
  return turns;
}

function report(turns: Readonly<Record<Name, readonly Turn[]>>): Figures {
  for (const name of NAMES) {
    console.error(`  ${name.padEnd(8)}${Math.round(rateOf(turns[name]))} messages a CPU-second`);
  }
  const figures = { vs_peer: against(turns, 'peer'), vs_ws: against(turns, 'ws') };
  console.error(`The guarded broker's messages per CPU-second by those of
  stock PeerServer  ${figures.vs_peer}; the bar is 1.0
  a bare ws relay   ${figures.vs_ws}; the bar is 0.5`);
  return figures;
}

/** The middle one of the rounds' ratios: one turn that something disturbed does not move it. */
function against(turns: Readonly<Record<Name, readonly Turn[]>>, name: Name): number {
  const ratios = turns.guarded.map((turn, round) => rateOf([turn]) / rateOf([turns[name][round]!]));
  return Number(percentile(ratios, 0.5).toFixed(2));
}

function rateOf(turns: readonly Turn[]): number {
  const frames = turns.reduce((sum, turn) => sum + turn.frames, 0);
  return frames / turns.reduce((sum, turn) => sum + turn.seconds, 0);
}
