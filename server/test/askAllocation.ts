import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** The little of STUN (RFC 8489) and TURN (RFC 8656) that asks a relay for an allocation, and for peers. */
const ALLOCATE = 0x0003;
const CREATE_PERMISSION = 0x0008;
const SUCCESS = 0x0100;
/** The bits of a message's type that tell a success from an error. */
const ERROR = 0x0110;
const COOKIE = 0x2112a442;
const ATTRIBUTE = {
  username: 0x0006,
  integrity: 0x0008,
  errorCode: 0x0009,
  realm: 0x0014,
  peerAddress: 0x0012,
  nonce: 0x0015,
  relayedAddress: 0x0016,
  requestedTransport: 0x0019,
};
/** As a requested transport has them. */
const PROTOCOL = { udp: Buffer.from([17, 0, 0, 0]) };
const HEADER = 20;
/** Of the integrity attribute: 4 bytes of head, 20 of HMAC-SHA1. */
const INTEGRITY = 24;
const DEADLINE_MS = 5_000;
const LOOPBACK = '127.0.0.1';

interface Place {
  readonly host: string;
  readonly port: number;
}

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
  credentials: Credentials,
): Promise<'allocated' | number> {
  const visit = await Visit.begin({ host: LOOPBACK, port }, credentials);
  visit.end();
  return visit.code ?? 'allocated';
}

/** Gets an allocation, and asks whether it may send to each of these; or the codes of refusals. */
export async function askPermissions(
  port: number,
  credentials: Credentials,
  peers: readonly string[],
  host = LOOPBACK,
): Promise<Record<string, 'allowed' | number>> {
  const visit = await Visit.begin({ host, port }, credentials);
  if (visit.code !== null) throw new Error(`No allocation: ${visit.code}`);
  const answers: Record<string, 'allowed' | number> = {};
  for (const peer of peers) {
    const where: Attribute = [ATTRIBUTE.peerAddress, xorAddress(peer)];
    answers[peer] = codeOf(await visit.ask(CREATE_PERMISSION, [where])) ?? 'allowed';
  }
  visit.end();
  return answers;
}

/** One socket at the relay, with one's name and its words. */
class Visit {
  readonly #socket: Socket;
  readonly #place: Place;
  readonly #key: Buffer;
  readonly #named: readonly Attribute[];
  /** Of the refusal; null: allocated. */
  code: number | null = null;

  private constructor(
    socket: Socket,
    place: Place,
    { username = '', credential = '' }: Credentials,
    challenge: Answer,
  ) {
    const realm = challenge.attributes.get(ATTRIBUTE.realm) ?? Buffer.alloc(0);
    const nonce = challenge.attributes.get(ATTRIBUTE.nonce) ?? Buffer.alloc(0);
    this.#socket = socket;
    this.#place = place;
    this.#key = createHash('md5').update(`${username}:${realm.toString()}:${credential}`).digest();
    this.#named = [
      [ATTRIBUTE.username, Buffer.from(username)],
      [ATTRIBUTE.realm, realm],
      [ATTRIBUTE.nonce, nonce],
    ];
  }

  static async begin(place: Place, credentials: Credentials): Promise<Visit> {
    const transport: Attribute = [ATTRIBUTE.requestedTransport, PROTOCOL.udp];
    // The nonce is for this socket alone.
    const socket = createSocket('udp4');
    const challenge = await exchange(socket, place, message(ALLOCATE, [transport]));
    const visit = new Visit(socket, place, credentials, challenge);
    const answer = await visit.ask(ALLOCATE, [transport]);
    visit.code = codeOf(answer) ?? (answer.attributes.has(ATTRIBUTE.relayedAddress) ? null : 0);
    return visit;
  }

  ask(method: number, attributes: readonly Attribute[]): Promise<Answer> {
    const question = message(method, [...attributes, ...this.#named]);
    return exchange(this.#socket, this.#place, signed(question, this.#key));
  }

  end(): void {
    this.#socket.close();
  }
}

/** Null for a success. */
function codeOf({ type, attributes }: Answer): number | null {
  if ((type & ERROR) === SUCCESS) return null;
  const code = attributes.get(ATTRIBUTE.errorCode);
  return code ? code.readUInt8(2) * 100 + code.readUInt8(3) : 0;
}

/** IPv4, with port 0: a permission is for an address. */
function xorAddress(address: string): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt8(1, 1);
  bytes.writeUInt16BE(COOKIE >>> 16, 2);
  const plain = Buffer.from(address.split('.').map(Number)).readUInt32BE();
  bytes.writeUInt32BE((plain ^ COOKIE) >>> 0, 4);
  return bytes;
}

function message(method: number, attributes: readonly Attribute[]): Buffer {
  const body = Buffer.concat(attributes.map(([type, value]) => encoded(type, value)));
  const header = Buffer.alloc(HEADER);
  header.writeUInt16BE(method, 0);
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

async function exchange(socket: Socket, { host, port }: Place, question: Buffer): Promise<Answer> {
  const answered = once(socket, 'message', { signal: AbortSignal.timeout(DEADLINE_MS) });
  socket.send(question, port, host);
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
