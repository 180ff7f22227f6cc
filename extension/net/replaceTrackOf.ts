/** Sends this track in the place of the one of its kind, without a negotiation. */
export function replaceTrackOf(
  connection: RTCPeerConnection | null | undefined,
  track: MediaStreamTrack,
): void {
  const sender = connection?.getSenders().find((one) => one.track?.kind === track.kind);
  void sender?.replaceTrack(track);
}
