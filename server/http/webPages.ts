import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Asset names carry a hash of their content, so a browser may keep them. */
const ASSET_AGE_MS = 365 * 24 * 3_600_000;

const NOT_BUILT = 'The pages of Foyer have not been built. Run: npm run build:web\n';

const PAGES = [
  { address: '/', file: 'index.html' },
  { address: '/organize', file: 'organize.html' },
  { address: '/organize/:eventId', file: 'organize.html' },
  { address: '/g/:eventId', file: 'group.html' },
] as const;

/** The built web pages and their assets. */
export async function webPages(app: FastifyInstance, { webRoot }: { webRoot: string }) {
  await app.register(fastifyStatic, { root: webRoot, serve: false, logLevel: 'silent' });
  for (const { address, file } of PAGES) {
    app.get(address, (_request, reply) => sendPage(reply, webRoot, file));
  }
  app.get<{ Params: { '*': string } }>('/assets/*', (request, reply) =>
    reply.sendFile(`assets/${request.params['*']}`, { maxAge: ASSET_AGE_MS, immutable: true }),
  );
}

function sendPage(reply: FastifyReply, webRoot: string, file: string): FastifyReply {
  if (!existsSync(join(webRoot, file))) return reply.code(503).type('text/plain').send(NOT_BUILT);
  return reply.sendFile(file, { maxAge: 0 });
}
