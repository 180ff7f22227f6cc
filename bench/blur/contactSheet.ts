import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { SceneSize } from '../../e2e/blur/sitterScene.ts';
import type { Look } from '../../extension/media/blur/look.ts';
import type { Shot } from './page/blurPage.ts';
import type { PlainPage } from './plainChromium.ts';

/** How sharp the result is, by the camera's own picture, and where the pictures lie. */
export interface Quality {
  readonly background: number;
  readonly person: number;
  readonly sheet: string;
}

const FOLDER = fileURLToPath(new URL('../../.output/bench', import.meta.url));
const MEDIUM: Look = { behind: 'blur', strength: 0.5 };
const SHOTS: readonly { readonly label: string; readonly look: Look | null }[] = [
  { label: 'camera', look: null },
  { label: 'weakest', look: { behind: 'blur', strength: 0 } },
  { label: 'usual', look: MEDIUM },
  { label: 'strongest', look: { behind: 'blur', strength: 1 } },
  { label: 'one colour', look: { behind: 'colour', colour: [0xb9, 0xae, 0xa4] } },
];

/** Takes a picture of each look, writes them side by side, and compares the usual with the camera. */
export async function contactSheet(place: {
  readonly size: SceneSize;
  open(): Promise<PlainPage>;
}): Promise<Quality> {
  const page = await place.open();
  await page.show();
  const shots: (Shot & { readonly label: string })[] = [];
  for (const { label, look } of SHOTS) {
    const shot = await page.evaluate(({ look, size }) => globalThis.blurBench?.shoot(look, size), {
      look,
      size: place.size,
    });
    if (shot) shots.push({ ...shot, label });
  }
  const sheet = `${FOLDER}/blur-${place.size.height}.png`;
  await mkdir(FOLDER, { recursive: true });
  const pictures = shots.map(({ label, picture }) => ({ label, picture }));
  const image = await page.evaluate(drawSheet, { pictures, size: place.size });
  await writeFile(sheet, Buffer.from(image.split(',')[1] ?? '', 'base64'));
  await page.close();
  const [camera, , usual] = shots;
  if (!camera || !usual) throw new Error('The pictures are missing.');
  return {
    background: usual.sharpness.background / camera.sharpness.background,
    person: usual.sharpness.person / camera.sharpness.person,
    sheet,
  };
}

/** Runs in the page: whole pictures above, the outline of the head three times as large below. */
async function drawSheet({
  pictures,
  size,
}: {
  pictures: { label: string; picture: string }[];
  size: SceneSize;
}): Promise<string> {
  const width = 320;
  const height = Math.round((width * size.height) / size.width);
  const canvas = document.createElement('canvas');
  canvas.width = width * pictures.length;
  canvas.height = 2 * height + 28;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('This page has no 2D canvas.');
  pen.font = '18px sans-serif';
  for (const [index, { label, picture }] of pictures.entries()) {
    const image = new Image();
    image.src = picture;
    await image.decode();
    const left = index * width;
    pen.fillStyle = '#ffffff';
    pen.fillText(label, left + 8, 20);
    pen.drawImage(image, left, 28, width, height);
    const part = [size.width * 0.33, size.height * 0.12, size.width / 3, size.height / 3] as const;
    pen.drawImage(image, ...part, left, 28 + height, width, height);
  }
  return canvas.toDataURL('image/png');
}
