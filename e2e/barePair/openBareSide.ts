/** One side of a bare pair, inside its page. */
export interface BareSide {
  /** Asks for the next call; it comes when the other side asks too. */
  ready(): void;
  hangUp(): void;
}

interface BareSetup {
  readonly relayUrl: string;
  readonly iceServers: RTCIceServer[];
}

/**
 * Runs in a page (so it refers to nothing outside itself): the shortest honest way to a call. The
 * camera is open before, candidates trickle, the remote stream goes to `<video id="remote">`.
 * This is the baseline that Foyer's call set-up is measured against, so it must not be slowed down.
 */
export async function openBareSide({ relayUrl, iceServers }: BareSetup): Promise<BareSide> {
  const show = (id: string, muted: boolean) => {
    const video = document.createElement('video');
    Object.assign(video, { id, muted, autoplay: true, playsInline: true, width: 320, height: 240 });
    document.body.append(video);
    return video;
  };
  const own = show('own', true);
  const remote = show('remote', false);
  const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
  own.srcObject = stream;
  const socket = new WebSocket(relayUrl);
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
  const send = (message: object) => socket.send(JSON.stringify(message));
  let connection: RTCPeerConnection | null = null;

  const connect = () => {
    const fresh = new RTCPeerConnection({ iceServers });
    fresh.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate !== null) send({ type: 'candidate', candidate });
    });
    fresh.addEventListener('track', ({ streams }) => {
      if (remote.srcObject !== streams[0]) remote.srcObject = streams[0] ?? null;
    });
    for (const track of stream.getTracks()) fresh.addTrack(track, stream);
    connection = fresh;
  };
  const describe = async () => {
    await connection?.setLocalDescription();
    send({ type: 'description', description: connection?.localDescription });
  };
  const receive = async (message: Record<string, unknown>) => {
    if (message['type'] === 'matched') {
      connect();
      if (message['role'] === 'caller') await describe();
    } else if (message['type'] === 'description') {
      const description = message['description'] as RTCSessionDescriptionInit;
      await connection?.setRemoteDescription(description);
      if (description.type === 'offer') await describe();
    } else if (message['type'] === 'candidate') {
      await connection?.addIceCandidate(message['candidate'] as RTCIceCandidateInit);
    }
  };
  let turn = Promise.resolve();
  socket.addEventListener('message', ({ data }) => {
    turn = turn.then(() => receive(JSON.parse(String(data)) as Record<string, unknown>));
  });
  return {
    ready: () => send({ type: 'ready' }),
    hangUp: () => {
      connection?.close();
      connection = null;
      remote.srcObject = null;
    },
  };
}
