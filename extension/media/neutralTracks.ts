import { WALL_COLOUR } from './wallColour.ts';

const WIDTH = 320;
const HEIGHT = 180;
/** A still picture needs few frames; without any, the partner's side would wait for the first. */
const REPAINT_MS = 500;

/** What leaves this machine where there is no camera: a plain wall. Stops on the signal. */
export function neutralPicture(signal: AbortSignal): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext('2d');
  const paint = () => {
    if (!context) return;
    context.fillStyle = `rgb(${WALL_COLOUR.join(' ')})`;
    context.fillRect(0, 0, WIDTH, HEIGHT);
  };
  paint();
  const timer = setInterval(paint, REPAINT_MS);
  const [track] = canvas.captureStream().getVideoTracks();
  if (!track) throw new Error('A canvas stream has a video track.');
  signal.addEventListener('abort', () => {
    clearInterval(timer);
    track.stop();
  });
  return track;
}

/** What leaves this machine where there is no microphone: silence. Stops on the signal. */
export function silence(signal: AbortSignal): MediaStreamTrack {
  const context = new AudioContext();
  const [track] = context.createMediaStreamDestination().stream.getAudioTracks();
  if (!track) throw new Error('An audio destination has an audio track.');
  signal.addEventListener('abort', () => {
    track.stop();
    void context.close();
  });
  return track;
}
