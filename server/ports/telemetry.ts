import type { Millis } from '../../shared/ids.ts';
import type { ErrorReason } from '../../shared/protocol/http.ts';
import type { MediaPath } from '../../shared/protocol/fields.ts';
import type { EndReason } from '../../shared/protocol/lobby.ts';
import type { RelayFailure, RelayName } from './iceServerSource.ts';

export type SocketKind = 'lobby' | 'broker';

/**
 * What an operator wants counted. Nothing here is about one person or one event, and every text is one
 * of a few: what may have any value would grow without end wherever it is kept.
 */
export type TelemetryEvent =
  /** `route` is the pattern, never the address. */
  | {
      readonly type: 'httpAnswered';
      readonly method: string;
      readonly route: string;
      readonly status: number;
      readonly refusal: ErrorReason | null;
      readonly ms: Millis;
    }
  | { readonly type: 'upgradeRefused'; readonly status: number }
  | { readonly type: 'socketOpened'; readonly kind: SocketKind }
  | { readonly type: 'socketClosed'; readonly kind: SocketKind; readonly code: number }
  /** From *ready*, or from going back into the line, to *matched*. */
  | { readonly type: 'waited'; readonly ms: Millis }
  /** From *matched* to media, as the clients report it: at one side, and at the second one of the two. */
  | {
      readonly type: 'mediaFlowed';
      readonly sides: 'one' | 'both';
      readonly path: CallPath;
      readonly ms: Millis;
    }
  | {
      readonly type: 'callEnded';
      readonly reason: CallEnd;
      readonly relayOnly: boolean;
      /** Whether the two had been given a relay. */
      readonly relayAvailable: boolean;
      readonly path: CallPath;
    }
  | {
      readonly type: 'pairsCommitted';
      readonly stored: number;
      readonly refused: number;
      readonly ms: Millis;
    }
  | { readonly type: 'storageFailed'; readonly operation: 'recordPairs' }
  /** A command that made a lobby throw; it is skipped. */
  | { readonly type: 'commandPoisoned' }
  | { readonly type: 'lobbyRestarted' }
  | { readonly type: 'relayIssued'; readonly service: RelayName }
  | { readonly type: 'relayFailed'; readonly service: RelayName; readonly cause: RelayFailure }
  | { readonly type: 'relayBreaker'; readonly service: RelayName; readonly open: boolean };

/** `left`: one of the two went; `abandoned`: neither was there to be told. */
export type CallEnd = Exclude<EndReason, 'youLeft' | 'partnerLeft'> | 'left' | 'abandoned';

/** As clients report it; none: no media, or from clients that do not say. */
export type CallPath = MediaPath | 'none';

export interface Telemetry {
  note(event: TelemetryEvent): void;
}

export const silentTelemetry: Telemetry = { note: () => undefined };
