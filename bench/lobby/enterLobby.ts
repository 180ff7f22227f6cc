import { randomBytes } from 'node:crypto';
import WebSocket from 'ws';
import { decode } from '../../shared/protocol/decode.ts';
import { JoinAnswerSchema } from '../../shared/protocol/http.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import type { LobbyPlace } from './lobbyPlace.ts';
import { heard } from './heard.ts';

/** A new person joins over HTTP, opens the socket from that address of this machine, and has been welcomed. */
export async function enterLobby(
  { server, eventId }: LobbyPlace,
  localAddress: string,
): Promise<WebSocket> {
  const response = await fetch(`${server}/api/events/${eventId}/join`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server },
    body: JSON.stringify({
      displayName: 'Ada',
      deviceToken: randomBytes(24).toString('base64url'),
    }),
  });
  const joined = decode(JoinAnswerSchema, await response.json());
  if (!joined.ok) throw new Error(`The server let nobody join: ${joined.error.detail}`);
  const { lobbyUrl, ticket } = joined.value;
  const socket = new WebSocket(lobbyUrl, { origin: server, perMessageDeflate: false, localAddress });
  const welcomed = heard(socket, 'welcome');
  socket.once('open', () => {
    socket.send(JSON.stringify({ type: 'hello', version: PROTOCOL_VERSION, ticket }));
  });
  await welcomed;
  return socket;
}
