import { randomBytes } from 'node:crypto';
import WebSocket from 'ws';
import { decodeJson } from '../../shared/protocol/decode.ts';
import { JoinAnswerSchema } from '../../shared/protocol/http.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import type { LobbyPlace } from './lobbyPlace.ts';
import { heard } from './heard.ts';
import { postFrom } from './postFrom.ts';

/** From an address of this machine a new person joins, opens the socket, and has been welcomed. */
export async function enterLobby(
  { server, eventId }: LobbyPlace,
  localAddress: string,
): Promise<WebSocket> {
  const deviceToken = randomBytes(24).toString('base64url');
  const body = JSON.stringify({ displayName: 'Ada', deviceToken });
  const answer = await postFrom(localAddress, `${server}/api/events/${eventId}/join`, body);
  const joined = decodeJson(JoinAnswerSchema, answer);
  if (!joined.ok) throw new Error(`The server let nobody join: ${joined.error.detail}`);
  const { lobbyUrl, ticket } = joined.value;
  const socket = new WebSocket(lobbyUrl, {
    origin: server,
    perMessageDeflate: false,
    localAddress,
  });
  const welcomed = heard(socket, 'welcome');
  socket.once('open', () => {
    socket.send(JSON.stringify({ type: 'hello', version: PROTOCOL_VERSION, ticket }));
  });
  await welcomed;
  return socket;
}
