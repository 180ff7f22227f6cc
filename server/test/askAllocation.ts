import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** The little of STUN (RFC 8489) and TURN (RFC 8656) that asks a relay for an allocation. */
const ALLOCATE = 0x0003;
const SUCCESS = 0x0103;
const COOKIE = 0x2112a442;
const ATTRIBUTE = {
  username: 0x0006,
  integrity: 0x0008,
  errorCode: 0x0009,
  realm: 0x0014,
  nonce: 0x0015,
  relayedAddress: 0x0016,
  requestedTransport: 0x0019,
};
const UDP = Buffer.from([17, 0, 0, 0]);
const HEADER = 20;
/** Of the integrity attribute: 4 bytes of head, 20 of HMAC-SHA1. */
const INTEGRITY = 24;
const DEADLINE_MS = 5_000;

interface Credentials {
  readonly username?: string | undefined;
  readonly credential?: string | undefined;
}

interface Answer {
  readonly type: number;
  readonly attributes: ReadonlyMap<number, Buffer>;
}

type Attribute = readonly [type: number, value: Buffer];

/** Asks the relay on this machine; `allocated`, or the code with which it refuses. */
export async function askAllocation(
  port: number,
  { username = '', credential = '' }: Credentials,
): Promise<'allocated' | number> {
  const socket = createSocket('udp4');
  try {
    const transport: Attribute = [ATTRIBUTE.requestedTransport, UDP];
    const challenge = await exchange(socket, port, message([transport]));
    const realm = challenge.attributes.get(ATTRIBUTE.realm) ?? Buffer.alloc(0);
    const nonce = challenge.attributes.get(ATTRIBUTE.nonce) ?? Buffer.alloc(0);
    const key = createHash('md5').update(`${username}:${realm.toString()}:${credential}`).digest();
    const named: Attribute = [ATTRIBUTE.username, Buffer.from(username)];
    const rest: Attribute[] = [
      [ATTRIBUTE.realm, realm],
      [ATTRIBUTE.nonce, nonce],
    ];
    return verdict(await exchange(socket, port, signed(message([transport, named, ...rest]), key)));
  } finally {
    socket.close();
  }
}

function verdict({ type, attributes }: Answer): 'allocated' | number {
  if (type === SUCCESS && attributes.has(ATTRIBUTE.relayedAddress)) return 'allocated';
  const code = attributes.get(ATTRIBUTE.errorCode);
  return code ? code.readUInt8(2) * 100 + code.readUInt8(3) : 0;
}

function message(attributes: readonly Attribute[]): Buffer {
  const body = Buffer.concat(attributes.map(([type, value]) => encoded(type, value)));
  const header = Buffer.alloc(HEADER);
  header.writeUInt16BE(ALLOCATE, 0);
  header.writeUInt16BE(body.length, 2);
  header.writeUInt32BE(COOKIE, 4);
  randomBytes(12).copy(header, 8);
  return Buffer.concat([header, body]);
}

/** The signature counts itself into the length, and signs all before it. */
function signed(unsigned: Buffer, key: Buffer): Buffer {
  const longer = Buffer.from(unsigned);
  longer.writeUInt16BE(unsigned.length - HEADER + INTEGRITY, 2);
  const signature = createHmac('sha1', key).update(longer).digest();
  return Buffer.concat([longer, encoded(ATTRIBUTE.integrity, signature)]);
}

/** Values are padded to a multiple of four bytes, which their length does not count. */
function encoded(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc(-value.length & 3)]);
}

async function exchange(socket: Socket, port: number, question: Buffer): Promise<Answer> {
  const answered = once(socket, 'message', { signal: AbortSignal.timeout(DEADLINE_MS) });
  socket.send(question, port, '127.0.0.1');
  const [answer] = (await answered) as [Buffer];
  return decoded(answer);
}

function decoded(answer: Buffer): Answer {
  const attributes = new Map<number, Buffer>();
  for (let at = HEADER; at + 4 <= answer.length;) {
    const length = answer.readUInt16BE(at + 2);
    attributes.set(answer.readUInt16BE(at), answer.subarray(at + 4, at + 4 + length));
    at += 4 + length + (-length & 3);
  }
  return { type: answer.readUInt16BE(0), attributes };
}
