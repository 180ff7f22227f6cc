import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { ensureChromium } from '../../scripts/ensureChromium.ts';
import { bundleForPage } from '../browser/bundleForPage.ts';
import { SCENE_FRAMES, type SceneSize } from './sitterScene.ts';

const PAINTER = fileURLToPath(new URL('paintSitter.ts', import.meta.url));
const FRAMES_PER_SECOND = 30;

/** Y4M loops (I420) of the sitter for Chromium's `--use-file-for-fake-video-capture`, one a size. */
export async function sitterCameras(sizes: readonly SceneSize[]): Promise<Buffer[]> {
  const painter = await bundleForPage(PAINTER);
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: ['--no-sandbox', '--disable-quic'],
  });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: painter });
    const cameras: Buffer[] = [];
    for (const size of sizes) {
      const parts = [header(size)];
      for (let frame = 0; frame < SCENE_FRAMES; frame += 1) {
        const planes = await page.evaluate(
          ({ size, frame }) => globalThis.paintSitter?.(size, frame) ?? '',
          { size, frame },
        );
        parts.push(Buffer.from('FRAME\n', 'latin1'), Buffer.from(planes, 'base64'));
      }
      cameras.push(Buffer.concat(parts));
    }
    return cameras;
  } finally {
    await browser.close();
  }
}

function header({ width, height }: SceneSize): Buffer {
  const text = `YUV4MPEG2 W${width} H${height} F${FRAMES_PER_SECOND}:1 Ip A1:1 C420jpeg\n`;
  return Buffer.from(text, 'latin1');
}
