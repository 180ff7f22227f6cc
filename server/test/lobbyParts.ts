import type { MatchId, PeerId } from '../../shared/ids.ts';
import { ANYBODY } from '../../shared/protocol/whoMeets.ts';
import type { LobbyParts } from '../domain/lobby/lobbyParts.ts';
import { plainSeals } from '../domain/lobby/plainSeals.ts';
import { MetPairs } from '../domain/matching/metPairs.ts';
import { PairSet } from '../domain/matching/pairSet.ts';
import { randomMint } from '../runtime/randomMint.ts';
import { SERVER_LIMITS } from '../runtime/serverLimits.ts';

interface Names {
  id(): string;
  token(): string;
}

/** Of a lobby in which nobody has met, but for `changes`. */
export function lobbyParts(
  changes: Partial<LobbyParts> = {},
  { id, token }: Names = randomMint,
): LobbyParts {
  return {
    rules: SERVER_LIMITS,
    mint: {
      matchId: () => id() as MatchId,
      peerId: () => id() as PeerId,
      brokerToken: token,
      resumeToken: token,
      chance: Math.random,
      iceServers: () => [],
    },
    seals: plainSeals,
    met: new MetPairs(),
    blocked: new PairSet(),
    whoMeets: ANYBODY,
    title: 'A talk',
    callMs: 60_000,
    relay: { available: false, required: false },
    ...changes,
  };
}
