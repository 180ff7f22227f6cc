import type { IceServer, IceServerSource } from '../ports/iceServerSource.ts';

/** The servers that the operator names in the environment, the same for everybody. */
export function staticIceServers(servers: readonly IceServer[]): IceServerSource {
  const relays = servers.some(({ urls }) => urls.some((url) => /^turns?:/.test(url)));
  return { relays, iceServers: () => Promise.resolve(servers) };
}
