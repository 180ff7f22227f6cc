import type { MatchId, MemberId } from '../../../shared/ids.ts';
import type { SocketId } from './member.ts';

/** One person, as far as they can know from their messages. */
export interface FuzzClient {
  readonly member: MemberId;
  socket: SocketId;
  online: boolean;
  resumeToken: string;
  phase: 'idle' | 'waiting' | 'inCall';
  matchId: MatchId | null;
}

export function newClient(member: MemberId, socket: SocketId): FuzzClient {
  return { member, socket, online: true, resumeToken: '', phase: 'idle', matchId: null };
}
