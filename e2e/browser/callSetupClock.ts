/** One call's set-up as its page saw it, in ms of that page's clock. */
interface CallSetup {
  readonly matchedAt: number;
  /** When the first picture of the partner was handed to the screen; null until then. */
  firstFrameAt: number | null;
}

declare global {
  var callSetups: CallSetup[] | undefined;
  /** How often this page has handed in an offer ahead of a match. */
  var offersAhead: number | undefined;
}

/**
 * An init script (so it refers to nothing outside itself) that times any page's calls from outside:
 * from a WebSocket message of type *matched* to the first frame of a received track in a <video>.
 * The same clock times Foyer and the bare pair.
 */
export function installCallSetupClock(): void {
  const setups: CallSetup[] = [];
  globalThis.callSetups = setups;
  globalThis.offersAhead = 0;

  /** Tracks received since the last *matched*, and every <video> that was ever given a stream. */
  const received = new Set<MediaStreamTrack>();
  const videos = new Set<HTMLVideoElement>();
  const watchForFrame = (video: HTMLVideoElement) => {
    const setup = setups.at(-1);
    if (setup === undefined || !(video.srcObject instanceof MediaStream)) return;
    if (!video.srcObject.getVideoTracks().some((track) => received.has(track))) return;
    video.requestVideoFrameCallback((now) => (setup.firstFrameAt ??= now));
  };

  const PlainConnection = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends PlainConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.addEventListener('track', ({ track }) => {
        received.add(track);
        videos.forEach(watchForFrame);
      });
    }
  };

  const PlainSocket = globalThis.WebSocket;
  globalThis.WebSocket = class extends PlainSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols);
      this.addEventListener('message', ({ data }) => {
        if (typeof data !== 'string' || !data.includes('"type":"matched"')) return;
        received.clear();
        setups.push({ matchedAt: performance.now(), firstFrameAt: null });
      });
    }

    override send(data: Parameters<WebSocket['send']>[0]): void {
      if (typeof data === 'string' && data.includes('"type":"offerAhead"'))
        globalThis.offersAhead = (globalThis.offersAhead ?? 0) + 1;
      super.send(data);
    }
  };

  const plain = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
  if (plain?.set === undefined) throw new Error('This browser has no srcObject to watch.');
  const set = plain.set;
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    ...plain,
    set(this: HTMLMediaElement, stream: MediaProvider | null) {
      set.call(this, stream);
      if (!(this instanceof HTMLVideoElement)) return;
      videos.add(this);
      watchForFrame(this);
    },
  });
}
