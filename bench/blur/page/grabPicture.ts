/** The next picture of a track, on a canvas of its size. */
export async function grabPicture(track: MediaStreamTrack): Promise<HTMLCanvasElement> {
  const video = document.createElement('video');
  Object.assign(video, { srcObject: new MediaStream([track]), muted: true });
  await video.play();
  await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: video.videoWidth, height: video.videoHeight });
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  video.srcObject = null;
  return canvas;
}
