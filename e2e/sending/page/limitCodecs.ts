/**
 * An init script (so it refers to nothing outside itself) that makes of this browser one that has only
 * one video codec: in what it lists, and in what it offers and answers.
 */
export function limitCodecs(only: string): void {
  const isKept = ({ mimeType }: RTCRtpCodec) =>
    !mimeType.startsWith('video/') || mimeType === `video/${only}` || mimeType === 'video/rtx';
  const limit = (capabilities: RTCRtpCapabilities | null) =>
    capabilities && { ...capabilities, codecs: capabilities.codecs.filter(isKept) };
  if (globalThis.RTCPeerConnection === undefined) return;
  for (const side of [RTCRtpSender, RTCRtpReceiver]) {
    const list = side.getCapabilities.bind(side);
    side.getCapabilities = (kind) => limit(list(kind));
  }
  const { prototype } = RTCPeerConnection;
  const { addTrack } = prototype;
  prototype.addTrack = function (this: RTCPeerConnection, track, ...streams) {
    const sender = addTrack.call(this, track, ...streams);
    const codecs = RTCRtpReceiver.getCapabilities('video')?.codecs ?? [];
    if (track.kind !== 'video') return sender;
    this.getTransceivers()
      .find((one) => one.sender === sender)
      ?.setCodecPreferences(codecs);
    return sender;
  };
}
