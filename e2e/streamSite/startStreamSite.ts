import { readFile } from 'node:fs/promises';
import { createServer as createPlainServer, type RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { bundleForPage } from '../browser/bundleForPage.ts';
import { makeCertificate } from './makeCertificate.ts';
import { STREAM_PAGE_HTML } from './streamPageHtml.ts';

/** Names this site answers to, in browsers whose host names are mapped to it. */
const STREAM_HOSTS = [
  'www.youtube.com',
  'youtu.be',
  'conf.example',
  /** Sends `Permissions-Policy: camera=(), microphone=()`: no frame of its pages gets a camera. */
  'nocamera.example',
] as const;

/** Stricter than any real player's page: what is not named here must come from the extension. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "frame-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

export interface StreamSite {
  /** Host name → `address:port`, for browsers that map names. */
  readonly hosts: Readonly<Record<string, string>>;
  /** The same talk over plain HTTP, for a browser that maps nothing. */
  readonly plainUrl: string;
  stop(): Promise<void>;
}

interface StreamSiteOptions {
  /** Where it listens; by default where only this machine reaches it. */
  readonly address?: string;
  /** Of the site over TLS; by default a free one. */
  readonly port?: number;
}

/** Serves a talk's page under every host and path, over TLS and over plain HTTP. */
export async function startStreamSite({
  address = '127.0.0.1',
  port = 0,
}: StreamSiteOptions = {}): Promise<StreamSite> {
  const [certificate, assets] = await Promise.all([makeCertificate(STREAM_HOSTS), makeAssets()]);
  const answer = answerWith(assets);
  const secure = createServer(certificate, answer);
  const plain = createPlainServer(answer);
  const securePort = await listen(secure, address, port);
  const plainPort = await listen(plain, address, 0);
  return {
    hosts: streamHostsAt(`${address}:${securePort}`),
    plainUrl: `http://${address}:${plainPort}/talk`,
    stop: async () => {
      for (const server of [secure, plain]) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

type Assets = ReadonlyMap<string, { readonly type: string; readonly text: string }>;

function answerWith(assets: Assets): RequestListener {
  return (request, response) => {
    const asset = assets.get(new URL(request.url ?? '/', 'https://site').pathname);
    response.writeHead(200, {
      'content-type': `${asset?.type ?? 'text/html'}; charset=utf-8`,
      'content-security-policy': CONTENT_SECURITY_POLICY,
      ...permissionsFor(request.headers.host ?? ''),
    });
    response.end(asset?.text ?? STREAM_PAGE_HTML);
  };
}

/** Every name of the site, for browsers that map names. */
export function streamHostsAt(place: string): Readonly<Record<string, string>> {
  return Object.fromEntries(STREAM_HOSTS.map((host) => [host, place]));
}

async function listen(server: Server, address: string, port: number): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
  return (server.address() as AddressInfo).port;
}

function permissionsFor(host: string): Record<string, string> {
  const forbidden = host.startsWith('nocamera.example');
  return forbidden ? { 'permissions-policy': 'camera=(), microphone=()' } : {};
}

async function makeAssets(): Promise<Assets> {
  const folder = new URL('./page/', import.meta.url);
  const [script, style] = await Promise.all([
    bundleForPage(fileURLToPath(new URL('streamPage.ts', folder))),
    readFile(new URL('streamPage.css', folder), 'utf8'),
  ]);
  return new Map([
    ['/assets/streamPage.js', { type: 'text/javascript', text: script }],
    ['/assets/streamPage.css', { type: 'text/css', text: style }],
  ]);
}
