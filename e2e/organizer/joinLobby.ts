import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';
import { JoinAnswerSchema } from '../../shared/protocol/http.ts';
import { decode } from '../../shared/protocol/decode.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';

/** Somebody in the lobby, without a browser: enough to be counted. Resolves once welcomed. */
export async function joinLobby(server: string, eventId: string): Promise<{ leave(): void }> {
  const response = await fetch(`${server}/api/events/${eventId}/join`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server },
    body: JSON.stringify({ displayName: 'Ada', deviceToken: randomUUID() }),
  });
  const answer = decode(JoinAnswerSchema, await response.json());
  if (!answer.ok) throw new Error(`The server let nobody join: ${answer.error.detail}`);
  const socket = new WebSocket(answer.value.lobbyUrl, { origin: server });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => {
      const hello = { type: 'hello', version: PROTOCOL_VERSION, ticket: answer.value.ticket };
      socket.send(JSON.stringify(hello));
    });
    socket.once('message', () => resolve());
    socket.once('error', reject);
    socket.once('close', (code) => reject(new Error(`The lobby closed with ${code}.`)));
  });
  return { leave: () => socket.close(1000) };
}
