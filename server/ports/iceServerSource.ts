import type { JoinAnswer } from '../../shared/protocol/http.ts';

export type IceServer = JoinAnswer['iceServers'][number];

/** Where two browsers find help to reach each other. */
export interface IceServerSource {
  /** Whether it names a relay: only then can two people be hidden from each other. */
  readonly relays: boolean;
  iceServers(): Promise<readonly IceServer[]>;
}
