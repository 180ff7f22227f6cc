import { EventEmitter, once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Long enough for a noisy machine; nothing waits this long unless it is broken. */
const DEADLINE_MS = 8_000;
/** Any key will do (RFC 6455, section 4.1): 16 bytes in base64. */
const KEY = 'AAAAAAAAAAAAAAAAAAAAAA==';

export interface FrameShape {
  /** 0 continuation, 1 text, 2 binary, 8 close, 9 ping, 10 pong. */
  readonly opcode: number;
  readonly payload?: string | Uint8Array;
  readonly fin?: boolean;
  /** The three reserved bits, as a number; 4 is that of compression. */
  readonly reserved?: number;
  readonly masked?: boolean;
  /** What the header says, whatever there is. */
  readonly claimedLength?: bigint;
}

/** A TCP connection on which a test writes whatever bytes it likes. */
export class RawConnection {
  readonly socket: Socket;
  readonly #changed = new EventEmitter();
  #received = Buffer.alloc(0);
  closed = false;

  private constructor(socket: Socket) {
    this.socket = socket;
    this.#changed.setMaxListeners(0);
    socket.on('data', (data) => {
      this.#received = Buffer.concat([this.#received, data]);
      this.#changed.emit('change');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.closed = true;
      this.#changed.emit('change');
    });
  }

  static async open(url: string): Promise<RawConnection> {
    const { hostname: host, port } = new URL(url);
    const socket = connect({ host, port: Number(port) });
    const connection = new RawConnection(socket);
    await once(socket, 'connect', { signal: AbortSignal.timeout(DEADLINE_MS) });
    return connection;
  }

  /** A WebSocket after its handshake. */
  static async upgraded(url: string, headers: Record<string, string> = {}) {
    const connection = await RawConnection.open(url);
    connection.write(upgradeRequest(url, headers));
    await connection.until('the handshake', (text) => text.includes('\r\n\r\n'));
    return connection;
  }

  get text(): string {
    return this.#received.toString('latin1');
  }

  get bytes(): Buffer {
    return this.#received;
  }

  write(data: string | Uint8Array): void {
    if (!this.closed) this.socket.write(data);
  }

  async until(what: string, found: (text: string) => boolean): Promise<string> {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    while (!found(this.text)) {
      if (this.closed) throw new Error(`Closed while waiting for ${what}: ${this.text}`);
      await once(this.#changed, 'change', { signal }).catch(() => {
        throw new Error(`Waited for ${what}: ${this.text.slice(-400)}`);
      });
    }
    return this.text;
  }

  /** Everything that came until the server hung up. */
  async end(): Promise<string> {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    while (!this.closed) {
      await once(this.#changed, 'change', { signal }).catch(() => {
        throw new Error(`The server did not hang up: ${this.text.slice(-400)}`);
      });
    }
    return this.text;
  }

  /** The code of the close frame that the server sent at last. */
  async closeCode(): Promise<number> {
    await this.until('a close frame', () => this.#closeFrame() >= 0);
    return this.#received.readUInt16BE(this.#closeFrame() + 2);
  }

  cut(): void {
    this.socket.destroy();
  }

  /** Walks the frames, so that a payload cannot look like a close. */
  #closeFrame(): number {
    let at = this.#received.indexOf('\r\n\r\n') + 4;
    while (at + 4 <= this.#received.length) {
      const short = this.#received.readUInt8(at + 1) & 127;
      if ((this.#received.readUInt8(at) & 15) === 8) return at;
      const [length, header] = short < 126 ? [short, 2] : [this.#received.readUInt16BE(at + 2), 4];
      at += header + length;
    }
    return -1;
  }
}

export function upgradeRequest(url: string, headers: Record<string, string> = {}): string {
  const { host, pathname, search } = new URL(url);
  const all = {
    Host: host,
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Key': KEY,
    'Sec-WebSocket-Version': '13',
    Origin: `http://${host}`,
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

/** One frame as a client writes it, right or wrong. The mask is zero, so the payload stays readable. */
export function frameOf(shape: FrameShape): Buffer {
  const { opcode, payload = '', fin = true, reserved = 0, masked = true } = shape;
  const body = Buffer.from(payload);
  const length = shape.claimedLength ?? BigInt(body.length);
  const first = (fin ? 128 : 0) | (reserved << 4) | opcode;
  return Buffer.concat([
    Buffer.of(first),
    lengthOf(length, masked ? 128 : 0),
    Buffer.alloc(masked ? 4 : 0),
    body,
  ]);
}

/** Seven bits, or 16, or 64 (RFC 6455, section 5.2), beside the bit that says whether a mask follows. */
function lengthOf(length: bigint, maskBit: number): Buffer {
  if (length < 126n) return Buffer.of(maskBit | Number(length));
  const wide = length >= 65_536n;
  const bytes = Buffer.alloc(wide ? 9 : 3);
  bytes.writeUInt8(maskBit | (wide ? 127 : 126));
  if (wide) bytes.writeBigUInt64BE(length, 1);
  else bytes.writeUInt16BE(Number(length), 1);
  return bytes;
}
