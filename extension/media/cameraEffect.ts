/** What may stand between an open camera and the picture that leaves this machine: background blur. */
export interface CameraEffect {
  /**
   * The track that leaves in the place of `camera`. Never a raw frame of it: a neutral picture until
   * the first processed one, and again on any failure. Ends on the signal; `camera` stays the
   * caller's, who stops it after the signal.
   */
  process(camera: MediaStreamTrack, signal: AbortSignal): MediaStreamTrack;
}
