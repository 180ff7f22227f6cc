/** A change of a connection, at a time of the machine's clock (ms since 1970). */
export interface ConnectionNote {
  readonly at: number;
  readonly what: string;
}

declare global {
  var watchedConnections: RTCPeerConnection[] | undefined;
  var connectionNotes: ConnectionNote[] | undefined;
}

/**
 * An init script (so it refers to nothing outside itself): keeps every connection that a page makes,
 * and notes what becomes of it and each time that it is asked to begin anew.
 */
export function watchConnections(): void {
  const connections: RTCPeerConnection[] = [];
  const notes: ConnectionNote[] = [];
  globalThis.watchedConnections = connections;
  globalThis.connectionNotes = notes;
  const note = (what: string) => void notes.push({ at: Date.now(), what });
  const Plain = globalThis.RTCPeerConnection;
  if (Plain === undefined) return;
  globalThis.RTCPeerConnection = class extends Plain {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
      note('connection made');
      this.addEventListener('connectionstatechange', () => note(this.connectionState));
    }

    override restartIce(): void {
      note('ICE restart asked for');
      super.restartIce();
    }
  };
}
