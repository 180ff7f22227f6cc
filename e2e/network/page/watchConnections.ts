/** A change of a connection, at a time of the machine's clock (ms since 1970). */
interface ConnectionNote {
  readonly at: number;
  readonly what: string;
}

declare global {
  var watchedConnections: RTCPeerConnection[] | undefined;
  var connectionNotes: ConnectionNote[] | undefined;
}

/**
 * An init script (so it refers to nothing outside itself): keeps every connection that a page makes,
 * and notes what becomes of it and each time that it describes a new way to itself.
 */
export function watchConnections(): void {
  const connections: RTCPeerConnection[] = [];
  const notes: ConnectionNote[] = [];
  globalThis.watchedConnections = connections;
  globalThis.connectionNotes = notes;
  const note = (what: string) => void notes.push({ at: Date.now(), what });
  const Plain = globalThis.RTCPeerConnection;
  if (Plain === undefined) return;

  /** A new name for the way to this side is what makes an ICE restart, however it was asked for. */
  const noteRestarts = (connection: RTCPeerConnection) => {
    const describe = connection.setLocalDescription.bind(connection);
    const wayOf = (sdp = '') => /a=ice-ufrag:(\S+)/.exec(sdp)?.[1];
    connection.setLocalDescription = async (description?: RTCLocalSessionDescriptionInit) => {
      const before = wayOf(connection.localDescription?.sdp);
      await describe(description);
      const { type, sdp } = connection.localDescription ?? {};
      if (before !== undefined && wayOf(sdp) !== before) note(`ICE restart (${type})`);
    };
  };

  globalThis.RTCPeerConnection = class extends Plain {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
      noteRestarts(this);
      this.addEventListener('connectionstatechange', () => note(`is ${this.connectionState}`));
    }
  };
}
