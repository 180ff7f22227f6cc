declare global {
  /** How many matches this page has heard of. */
  var callsMatched: number | undefined;
  /**
   * How long this page's call of this number (from 0) took to set up, ms. Settles when its first
   * picture is on the screen; asking again and again instead would draw the page again and again.
   */
  var callSetup: ((call: number) => Promise<number>) | undefined;
  /** How often this page has handed in an offer ahead of a match. */
  var offersAhead: number | undefined;
}

/**
 * An init script (so it refers to nothing outside itself) that times any page's calls from outside:
 * from a WebSocket message of type *matched* to the first frame of a received track in a <video>.
 * The same clock times Foyer and the bare pair.
 */
export function installCallSetupClock(): void {
  const setups: PromiseWithResolvers<number>[] = [];
  const setupOf = (call: number) => (setups[call] ??= Promise.withResolvers<number>());
  let matchedAt: number | null = null;
  globalThis.callsMatched = 0;
  globalThis.callSetup = (call) => setupOf(call).promise;
  globalThis.offersAhead = 0;

  /** Tracks received since the last *matched*, and every <video> that was ever given a stream. */
  const received = new Set<MediaStreamTrack>();
  const videos = new Set<HTMLVideoElement>();
  const watchForFrame = (video: HTMLVideoElement) => {
    const since = matchedAt;
    if (since === null || !(video.srcObject instanceof MediaStream)) return;
    if (!video.srcObject.getVideoTracks().some((track) => received.has(track))) return;
    const { resolve } = setupOf((globalThis.callsMatched ?? 0) - 1);
    video.requestVideoFrameCallback((now) => resolve(now - since));
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
        matchedAt = performance.now();
        globalThis.callsMatched = (globalThis.callsMatched ?? 0) + 1;
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
