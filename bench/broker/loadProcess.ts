import { setTimeout as pause } from 'node:timers/promises';
import WebSocket from 'ws';
import type { LoadRequest } from './load.ts';
import { partnerOf, seatUrl } from './seatUrl.ts';

/** Pairs who answer each offer with an offer, so that the server always has something to do. */
const FRAME_BYTES = 3_000;
/** Frames under way from each of the two. */
const WINDOW = 4;
/** After it no frame is under way any more. */
const SILENCE_MS = 150;
const LINE = 'a=candidate:842163049 1 udp 1677729535 203.0.113.7 46154 typ srflx\r\n';

interface Sender {
  readonly socket: WebSocket;
  readonly frame: string;
}

const senders: Sender[] = [];
let passed = 0;
let running = false;

async function open(url: string, index: number): Promise<Sender> {
  const origin = new URL(url).origin;
  const socket = new WebSocket(seatUrl(url, index), { origin, perMessageDeflate: false });
  await new Promise((resolve, reject) => {
    socket.once('message', resolve);
    socket.once('error', reject);
  });
  const frame = offerTo(partnerOf(index).peerId);
  socket.on('message', () => {
    passed += 1;
    if (running) socket.send(frame);
  });
  return { socket, frame };
}

function offerTo(dst: string): string {
  const frame = (sdp: string) =>
    JSON.stringify({ type: 'OFFER', dst, payload: { sdp, type: 'media' } });
  const sdp = LINE.repeat(Math.ceil(FRAME_BYTES / LINE.length));
  return frame(sdp.slice(0, sdp.length - (frame(sdp).length - FRAME_BYTES)));
}

/** How many frames arrived within a time. */
async function send(ms: number): Promise<number> {
  running = true;
  const before = passed;
  for (const { socket, frame } of senders) {
    for (let sent = 0; sent < WINDOW; sent += 1) socket.send(frame);
  }
  await pause(ms);
  running = false;
  await pause(SILENCE_MS);
  return passed - before;
}

process.on('message', async (request: LoadRequest) => {
  if (request.do === 'open') {
    const peers = Array.from({ length: 2 * request.pairs }, (_, index) => index);
    senders.push(...(await Promise.all(peers.map((index) => open(request.url, index)))));
  }
  const frames = request.do === 'send' ? await send(request.ms) : 0;
  process.send?.({ frames });
});
process.on('disconnect', () => process.exit(0));
