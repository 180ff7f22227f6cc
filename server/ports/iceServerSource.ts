import type { JoinAnswer } from '../../shared/protocol/http.ts';

export type IceServer = JoinAnswer['iceServers'][number];

/** Where two browsers find help to reach each other. */
export interface IceServerSource {
  iceServers(): Promise<readonly IceServer[]>;
}
