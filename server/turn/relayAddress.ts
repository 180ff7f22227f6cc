/** Where a TURN server listens, and how it is spoken to. */
export interface RelayAddress {
  readonly host: string;
  readonly port: number;
  readonly transport: 'udp' | 'tcp' | 'tls';
}

/** RFC 7065, section 3.1, as browsers read it. */
const TURN_URL = /^(turns?):(\[[^\]]+\]|[^:?[\]]+)(?::(\d{1,5}))?(?:\?transport=(udp|tcp))?$/i;
const PORT = { turn: 3478, turns: 5349 };

/** Null for an address that is not of a relay. DTLS, which browsers do not speak, is asked over TLS. */
export function relayAddress(url: string): RelayAddress | null {
  const [, scheme = '', host = '', port, transport = 'udp'] = TURN_URL.exec(url) ?? [];
  if (host === '') return null;
  const isTls = scheme.toLowerCase() === 'turns';
  return {
    host: host.replace(/^\[|\]$/g, ''),
    port: Number(port ?? (isTls ? PORT.turns : PORT.turn)),
    transport: isTls ? 'tls' : transport.toLowerCase() === 'tcp' ? 'tcp' : 'udp',
  };
}
