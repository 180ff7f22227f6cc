import type { FastifyRequest } from 'fastify';

/** Where people reach this server: as configured, else as this very request did. */
export function publicAddress(request: FastifyRequest, configured: string | null): string {
  return configured ?? `${request.protocol}://${request.host}`;
}

/** The same address for WebSockets. */
export function socketAddress(address: string): string {
  return address.replace(/^http/, 'ws');
}
