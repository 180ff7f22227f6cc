declare global {
  /** Texts that came over any socket of this page, and any connection's remote descriptions. */
  var receivedTexts: string[] | undefined;
  var madeConnections: RTCPeerConnection[] | undefined;
}

/**
 * An init script (so it refers to nothing outside itself): keeps every text that a page receives over
 * its sockets and data channels, and every connection it makes.
 */
export function recordReceived(): void {
  const texts: string[] = [];
  const connections: RTCPeerConnection[] = [];
  globalThis.receivedTexts = texts;
  globalThis.madeConnections = connections;
  const keep = ({ data }: MessageEvent) => void (typeof data === 'string' && texts.push(data));

  const PlainSocket = globalThis.WebSocket;
  globalThis.WebSocket = class extends PlainSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols);
      this.addEventListener('message', keep);
    }
  };
  const PlainConnection = globalThis.RTCPeerConnection;
  if (PlainConnection === undefined) return;
  globalThis.RTCPeerConnection = class extends PlainConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
      this.addEventListener('datachannel', ({ channel }) =>
        channel.addEventListener('message', keep),
      );
    }
  };
}
