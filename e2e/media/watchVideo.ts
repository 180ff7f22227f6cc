import type { Locator } from 'playwright-core';
import type { Result } from '../../shared/result.ts';
import { readPicture, type PictureContent, type PictureProblem } from './readPicture.ts';

/** The picture that a <video> shows at this moment, read by its content; `blank` before the first. */
export async function watchVideo(
  video: Locator,
): Promise<Result<PictureContent, PictureProblem | 'blank'>> {
  const grabbed = await video.evaluate(grabPixels);
  if (grabbed === null) return { ok: false, error: 'blank' };
  return readPicture({ ...grabbed, data: Buffer.from(grabbed.base64, 'base64') });
}

/** Runs in the page; the size is small because it travels as text, and large enough to read. */
function grabPixels(element: Element) {
  if (!(element instanceof HTMLVideoElement)) throw new Error('This element is not a <video>.');
  if (element.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || element.videoWidth === 0)
    return null;
  const size = { width: 160, height: 120 };
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This page has no 2D canvas.');
  context.drawImage(element, 0, 0, size.width, size.height);
  const { data } = context.getImageData(0, 0, size.width, size.height);
  let text = '';
  for (const value of data) text += String.fromCharCode(value);
  return { ...size, base64: btoa(text) };
}
