import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

interface Answer {
  readonly status?: number;
  /** A string is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** What it says to a question; null: nothing at all. */
type Says = (asked: Asked) => Answer | null;

/** A relay service's API on this machine, with the vendor's words in the test's hand. */
export interface RelayVendor {
  readonly url: string;
  readonly asked: readonly Asked[];
  says: Says;
  close(): Promise<void>;
}

export async function startRelayVendor(says: Says): Promise<RelayVendor> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void read(request).then((question) => {
      asked.push(question);
      reply(response, vendor.says(question));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const vendor: RelayVendor = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    says,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return vendor;
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://vendor');
  return {
    method: request.method ?? '',
    path: pathname,
    query: searchParams,
    authorization: request.headers.authorization,
    body: text === '' ? null : (JSON.parse(text) as unknown),
  };
}

function reply(response: ServerResponse, answer: Answer | null): void {
  if (answer === null) return;
  const { status = 200, body = '', headers = {} } = answer;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** As Cloudflare documents `generate-ice-servers`. */
export function cloudflareAnswer(username = 'some-user') {
  const turn = [
    'turn:turn.cloudflare.com:3478?transport=udp',
    'turn:turn.cloudflare.com:53?transport=udp',
    'turn:turn.cloudflare.com:3478?transport=tcp',
    'turn:turn.cloudflare.com:80?transport=tcp',
    'turns:turn.cloudflare.com:5349?transport=tcp',
    'turns:turn.cloudflare.com:443?transport=tcp',
  ];
  const stun = { urls: ['stun:stun.cloudflare.com:3478', 'stun:stun.cloudflare.com:53'] };
  return {
    status: 201,
    body: { iceServers: [stun, { urls: turn, username, credential: 'some-password' }] },
  };
}
