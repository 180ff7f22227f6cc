import { pathToFileURL } from 'node:url';
import {
  findProgram,
  installPackages,
  isExecutable,
  mayInstallPackages,
} from './installPackages.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/lib/chromium/chromium',
  '/snap/bin/chromium',
  '/opt/google/chrome/chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const ADVICE =
  'Chromium is needed to run the browser tests and the demo, and none was found.\n' +
  'Install it (Debian, Ubuntu: sudo apt-get install chromium; macOS: brew install --cask chromium),\n' +
  'or set CHROMIUM_PATH to the browser that you have, and run this command again.';

/** The path of a Chromium to drive; installs Debian's where it may, else throws with advice. */
export async function ensureChromium(): Promise<string> {
  const found = findChromium();
  if (found !== null) return found;
  if (!mayInstallPackages()) throw new Error(ADVICE);
  console.log('Chromium is missing; installing it with apt-get. This takes a minute or two.');
  await installPackages(['chromium'], ADVICE);
  const installed = findChromium();
  if (installed === null) throw new Error(ADVICE);
  console.log(`Chromium is installed: ${installed}`);
  return installed;
}

function findChromium(): string | null {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen === undefined || chosen === '') return findProgram(NAMES, USUAL_PLACES);
  if (isExecutable(chosen)) return chosen;
  throw new Error(`CHROMIUM_PATH is ${chosen}, but there is no program that can be started.`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    console.log(`Chromium: ${await ensureChromium()}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
