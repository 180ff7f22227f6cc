/** One way to blur: takes a camera, gives the track that shows the result. Stops on the signal. */
export type Pipeline = (camera: MediaStreamTrack, signal: AbortSignal) => Promise<MediaStreamTrack>;
