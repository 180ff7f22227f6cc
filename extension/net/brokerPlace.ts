/** A broker's address in the pieces that PeerJS wants. */
export interface BrokerPlace {
  readonly host: string;
  readonly port: number;
  /** With a slash at both ends. */
  readonly path: string;
  readonly secure: boolean;
}

export function brokerPlace(brokerUrl: string): BrokerPlace {
  const { hostname, port, pathname, protocol } = new URL(brokerUrl);
  const secure = protocol === 'https:';
  return {
    host: hostname,
    port: port === '' ? (secure ? 443 : 80) : Number(port),
    path: pathname.endsWith('/') ? pathname : `${pathname}/`,
    secure,
  };
}
