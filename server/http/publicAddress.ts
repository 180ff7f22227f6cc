import type { FastifyRequest } from 'fastify';
import type { NodeAddress } from '../ports/directory.ts';

/** Where people reach this server: as configured, else as this very request did. */
export function publicAddress(request: FastifyRequest, configured: string | null): string {
  return configured ?? `${request.protocol}://${request.host}`;
}

/** Where people reach one node of this server; null: it is the only one. */
export function nodeAddress(publicUrl: string, node: NodeAddress | null): string {
  return node === null ? publicUrl : (node.url ?? `${publicUrl}/n/${node.name}`);
}

/** The same address for WebSockets. */
export function socketAddress(address: string): string {
  return address.replace(/^http/, 'ws');
}
