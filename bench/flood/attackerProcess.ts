import { randomBytes } from 'node:crypto';
import WebSocket from 'ws';
import { LIMITS } from '../../shared/protocol/limits.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import type { LobbyPlace } from '../lobby/lobbyPlace.ts';
import type { AttackCount, AttackRequest } from './attacker.ts';
import { postFrom } from '../lobby/postFrom.ts';

/** Each of these at ten times what the server allows to a socket, or to an address. */
const TIMES = 10;
/** Of the default of 600 a minute. */
const JOINS_PER_SECOND = (TIMES * 600) / 60;
const LOBBY_FRAMES_PER_SECOND = TIMES * LIMITS.lobbyFramesPerSecond;
const BROKER_FRAMES_PER_SECOND = TIMES * LIMITS.brokerFramesPerSecond;
const BIG_PER_SECOND = (TIMES * LIMITS.lobbyBytesPerSecond) / LIMITS.lobbyFrameBytes;
/** No limit stands against these; as many as the frames of one socket. */
const MALFORMED_PER_SECOND = LIMITS.lobbyFramesPerSecond;
const TICK_MS = 2;

const FROM = '127.66.6.6';
const PING = '{"type":"ping"}';
const BIG = `{"type":"${'x'.repeat(LIMITS.lobbyFrameBytes - 20)}"}`;
const MALFORMED = '{"type":"ready","wishes":';
const HEARTBEAT = '{"type":"HEARTBEAT"}';

interface Flood {
  readonly perSecond: number;
  readonly act: () => void;
}

let count = { connections: 0, frames: 0, joins: 0, bytes: 0 };
let place: LobbyPlace = { server: '', eventId: '' };
let timer: ReturnType<typeof setInterval> | undefined;
const open = new Set<WebSocket>();

function connect(path: string): WebSocket {
  count.connections += 1;
  const { server } = place;
  const address = `${server.replace('http', 'ws')}${path}`;
  const socket = new WebSocket(address, {
    origin: server,
    perMessageDeflate: false,
    localAddress: FROM,
  });
  open.add(socket);
  socket.on('error', () => undefined);
  socket.on('close', () => open.delete(socket));
  return socket;
}

function say(socket: WebSocket, text: string): void {
  if (socket.readyState !== socket.OPEN) return;
  count.frames += 1;
  count.bytes += text.length;
  socket.send(text);
}

/** One socket that talks until it is cut off, and then the next one. */
function talkativeSocket(path: () => string, text: string): () => void {
  let socket: WebSocket | null = null;
  return () => {
    if (socket === null || socket.readyState >= socket.CLOSING) socket = connect(path());
    else say(socket, text);
  };
}

function sayOnce(text: string): void {
  const socket = connect('/lobby');
  socket.on('open', () => say(socket, text));
}

/** Gets a seat while the server gives one, and a place at the broker with it. */
let brokerPath = '/broker/peerjs?key=peerjs&id=nobody&token=nothing';

async function join(): Promise<void> {
  count.joins += 1;
  const { server, eventId } = place;
  const deviceToken = randomBytes(24).toString('base64url');
  const body = JSON.stringify({ displayName: 'Eve', deviceToken });
  const answer = await postFrom(FROM, `${server}/api/events/${eventId}/join`, body);
  const { ticket } = JSON.parse(answer) as { ticket?: string };
  if (ticket === undefined) return;
  const socket = connect('/lobby');
  socket.on('open', () => {
    say(socket, JSON.stringify({ type: 'hello', version: PROTOCOL_VERSION, ticket }));
    say(socket, '{"type":"ready"}');
  });
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as WaitingMessage;
    if (message.type !== 'waiting') return;
    const { peerId, brokerToken } = message.broker;
    brokerPath = `/broker/peerjs?key=peerjs&id=${peerId}&token=${brokerToken}`;
  });
}

interface WaitingMessage {
  readonly type: string;
  readonly broker: { readonly peerId: string; readonly brokerToken: string };
}

const FLOODS: readonly Flood[] = [
  { perSecond: LOBBY_FRAMES_PER_SECOND, act: talkativeSocket(() => '/lobby', PING) },
  { perSecond: BROKER_FRAMES_PER_SECOND, act: talkativeSocket(() => brokerPath, HEARTBEAT) },
  { perSecond: BIG_PER_SECOND, act: () => sayOnce(BIG) },
  { perSecond: MALFORMED_PER_SECOND, act: () => sayOnce(MALFORMED) },
  // A server that is busy answers late, and one that refuses cuts off.
  { perSecond: JOINS_PER_SECOND, act: () => void join().catch(() => undefined) },
];

function attack(): void {
  count = { connections: 0, frames: 0, joins: 0, bytes: 0 };
  const start = performance.now();
  const done = FLOODS.map(() => 0);
  timer = setInterval(() => {
    const seconds = (performance.now() - start) / 1_000;
    for (const [which, { perSecond, act }] of FLOODS.entries()) {
      for (; done[which]! < seconds * perSecond; done[which]! += 1) act();
    }
  }, TICK_MS);
}

function rest(): AttackCount {
  clearInterval(timer);
  for (const socket of open) socket.terminate();
  const { connections, frames, joins, bytes } = count;
  return { connections, frames, joins, kilobytes: Math.round(bytes / 1_024) };
}

process.on('message', (request: AttackRequest) => {
  if (request.do === 'attack') {
    place = request.place;
    attack();
  }
  process.send?.(
    request.do === 'rest' ? rest() : { connections: 0, frames: 0, joins: 0, kilobytes: 0 },
  );
});
process.on('disconnect', () => process.exit(0));
