/**
 * WebSocket close codes of the lobby socket and the broker (4000–4999 is the range applications may
 * define, RFC 6455 section 7.4.2). Each says what the client should do next:
 * - `resume`: open a new socket with the resume token, after a backoff;
 * - `rejoin`: ask the join route for a new ticket, after a backoff;
 * - `stop`: do not come back by itself; the person must do something.
 */
export type NextStep = 'resume' | 'rejoin' | 'stop';

export const CLOSE = {
  /** The server is restarting; its memory of seats will be gone. */
  serverRestarting: 4000,
  /** The frame was not of this protocol; the client is broken or hostile. */
  malformed: 4002,
  /** The ticket is unknown, used or older than its lifetime. */
  ticketRefused: 4003,
  /** The resume token is unknown: the server restarted or the grace period is over. */
  sessionUnknown: 4004,
  /** The client speaks another protocol version. */
  versionUnsupported: 4005,
  /** No *hello* within its time, or no sign of life. */
  timedOut: 4008,
  /** More frames than any honest client sends. */
  flooding: 4009,
  /** The organizer closed the event, or its opening hours ended. */
  lobbyClosed: 4010,
  /** The same person opened Foyer for this event in another tab. */
  replaced: 4011,
  /** The broker socket's match is over. */
  matchOver: 4012,
  /** The client said goodbye itself. */
  left: 4013,
  /** The client does not read what it is sent, or its network does not carry it. */
  slowReader: 4014,
  /** Another node runs the lobby, or may do so by now. */
  moved: 4015,
  /** There is room in another part of the event, which the join route knows. */
  lobbyFull: 4016,
  /** Too much from this network address at the moment (IANA's *try again later*). */
  tryAgainLater: 1013,
} as const;

const NEXT_STEP: ReadonlyMap<number, NextStep> = new Map<number, NextStep>([
  [CLOSE.serverRestarting, 'rejoin'],
  [CLOSE.malformed, 'stop'],
  [CLOSE.ticketRefused, 'rejoin'],
  [CLOSE.sessionUnknown, 'rejoin'],
  [CLOSE.versionUnsupported, 'stop'],
  [CLOSE.timedOut, 'resume'],
  [CLOSE.flooding, 'stop'],
  [CLOSE.lobbyClosed, 'stop'],
  [CLOSE.replaced, 'stop'],
  [CLOSE.matchOver, 'stop'],
  [CLOSE.left, 'stop'],
  [CLOSE.slowReader, 'resume'],
  [CLOSE.moved, 'rejoin'],
  [CLOSE.lobbyFull, 'rejoin'],
  [CLOSE.tryAgainLater, 'resume'],
]);

/** What a client does after a socket closed with `code`; a network's own codes mean *resume*. */
export function nextStepAfterClose(code: number): NextStep {
  return NEXT_STEP.get(code) ?? 'resume';
}
