import type { WebSocket } from 'ws';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import type { Clock } from '../ports/clock.ts';
import { TokenBucket, type Rate } from '../runtime/tokenBucket.ts';

/** All that a client can make a server answer to; a flood of pings costs as much as one of messages. */
const KINDS = ['message', 'ping', 'pong'] as const;

/** Closes a socket that says more than any honest client does. */
export function guardFlood(ws: WebSocket, clock: Clock, rate: Rate): void {
  const bucket = new TokenBucket(rate, clock.now());
  const count = () => {
    if (!bucket.take(clock.now())) closeFlooding(ws, rate.burst);
  };
  for (const kind of KINDS) ws.on(kind, count);
}

/**
 * With _flooding_. `ws` goes on to read until the client answers the close, so from now on nobody
 * hears what comes; a client that goes on for `most` further frames is cut off without waiting for its
 * answer.
 */
export function closeFlooding(ws: WebSocket, most: number): void {
  let late = 0;
  const discard = () => {
    late += 1;
    if (late > most) ws.terminate();
  };
  for (const kind of KINDS) ws.removeAllListeners(kind).on(kind, discard);
  ws.close(CLOSE.flooding);
}
