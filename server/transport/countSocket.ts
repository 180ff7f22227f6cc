import type { WebSocket } from 'ws';
import type { SocketKind, Telemetry } from '../ports/telemetry.ts';

/** From now until it closes, and with which code. */
export function countSocket(ws: WebSocket, kind: SocketKind, telemetry: Telemetry): void {
  telemetry.note({ type: 'socketOpened', kind });
  ws.once('close', (code) => telemetry.note({ type: 'socketClosed', kind, code }));
}
