import type { ClientMessage, ServerMessage } from './lobby.ts';

/**
 * Nothing that matters is lost when a lobby socket breaks. In each direction such messages are
 * numbered from 1, by counting: both sides count, and nobody writes the number, as in TCP and in
 * XMPP's stream management (XEP-0198). A socket keeps the order, so the count is exact.
 *
 * - Whoever sends keeps what the other has not acknowledged, within bounds (LIMITS.replay…, kept…).
 * - *ping* and *resume* acknowledge the server's messages, *pong* and *welcome* the client's (`heard`).
 * - After *resume* the server says *replay*, what was missed, and then *welcome*, whose seat is
 *   complete: where too much was missed, the seat stands for it. The client says nothing before it.
 * - A fresh seat (*hello*) begins at 0 on both sides.
 */
const UNNUMBERED = {
  hello: true,
  resume: true,
  ping: true,
  pong: true,
  replay: true,
  welcome: true,
  /** The next one says more than the one that was missed. */
  presence: true,
} as const;

/** Whether a message counts, and is said again if it was missed. */
export function isNumbered({ type }: Pick<ClientMessage | ServerMessage, 'type'>): boolean {
  return !Object.hasOwn(UNNUMBERED, type);
}
