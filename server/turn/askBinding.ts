import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Millis } from '../../shared/ids.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { RelayFailure } from '../ports/iceServerSource.ts';
import type { RelayAddress } from './relayAddress.ts';
import { answersBinding, bindingRequest, STUN_HEADER_BYTES } from './stunBinding.ts';

/** A datagram may be lost: said again so often, as RFC 8489 (section 6.2.1) has it for a start. */
const AGAIN_MS: Millis = 500;

/** Whether a STUN server answers at all; it is asked for nothing that needs a password. */
export async function askBinding(
  address: RelayAddress,
  { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: Millis },
): Promise<Result<null, RelayFailure>> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const patience = AbortSignal.any([signal, timeout]);
  try {
    const asked =
      address.transport === 'udp'
        ? overDatagrams(address, patience)
        : overStream(address, patience);
    // Looking up a name cannot be called off.
    const answers = await Promise.race([asked, rejectOn(patience)]);
    return answers ? ok(null) : fail('notUnderstood');
  } catch {
    return fail(timeout.aborted ? 'timedOut' : 'unreachable');
  }
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const giveUp = () => reject(new Error('No answer is waited for any more.'));
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
}

async function overDatagrams({ host, port }: RelayAddress, signal: AbortSignal): Promise<boolean> {
  const { address, family } = await lookup(host);
  signal.throwIfAborted();
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  const request = bindingRequest();
  socket.on('error', () => undefined);
  // Connected, so that the answer of nobody else is heard, and a closed port is told.
  socket.connect(port, address);
  try {
    await once(socket, 'connect', { signal });
    const say = () => socket.send(request);
    say();
    const again = setInterval(say, AGAIN_MS);
    try {
      const [answer] = (await once(socket, 'message', { signal })) as [Buffer];
      return answersBinding(request, answer);
    } finally {
      clearInterval(again);
    }
  } finally {
    socket.close();
  }
}

async function overStream(address: RelayAddress, signal: AbortSignal): Promise<boolean> {
  const request = bindingRequest();
  const socket = open(address);
  socket.on('error', () => undefined);
  try {
    await once(socket, address.transport === 'tls' ? 'secureConnect' : 'connect', { signal });
    socket.write(request);
    let answer = Buffer.alloc(0);
    while (answer.length < STUN_HEADER_BYTES) {
      const [piece] = (await once(socket, 'data', { signal })) as [Buffer];
      answer = Buffer.concat([answer, piece]);
    }
    return answersBinding(request, answer);
  } finally {
    socket.destroy();
  }
}

function open({ host, port, transport }: RelayAddress): Socket {
  if (transport === 'tcp') return connect({ host, port });
  // Its certificate is checked: a browser would refuse a wrong one as well.
  return connectTls({ host, port, ...(isIP(host) === 0 && { servername: host }) });
}
