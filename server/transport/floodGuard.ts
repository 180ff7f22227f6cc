import type { WebSocket } from 'ws';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import type { Clock } from '../ports/clock.ts';
import { TokenBucket } from './tokenBucket.ts';

interface FloodRules {
  readonly clock: Clock;
  readonly burst: number;
  readonly perSecond: number;
  /** Told once, before the socket is closed. */
  readonly onFlood?: () => void;
}

/** All that a client can make a server answer to; a flood of pings costs as much as one of messages. */
const KINDS = ['message', 'ping', 'pong'] as const;

/**
 * Closes a socket that says more than any honest client does, with _flooding_. `ws` goes on to read
 * until the client answers the close, so from then on nobody hears what comes; a client that goes on
 * for another burst is cut off without waiting for its answer.
 */
export function guardFlood(ws: WebSocket, { clock, burst, perSecond, onFlood }: FloodRules): void {
  const bucket = new TokenBucket({ burst, perSecond }, clock.now());
  const count = () => {
    if (bucket.take(clock.now())) return;
    onFlood?.();
    turnDeaf(ws, burst);
    ws.close(CLOSE.flooding);
  };
  for (const kind of KINDS) ws.on(kind, count);
}

/** Nobody hears this socket any more; after `most` further frames it is cut off. */
function turnDeaf(ws: WebSocket, most: number): void {
  let late = 0;
  const discard = () => {
    late += 1;
    if (late > most) ws.terminate();
  };
  for (const kind of KINDS) ws.removeAllListeners(kind).on(kind, discard);
}
