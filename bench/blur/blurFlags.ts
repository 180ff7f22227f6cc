/** Flags of a browser with the unpacked extension in `folder` and a file for its camera. */
export function blurFlags(folder: string, cameraFile: string): string[] {
  return [
    `--disable-extensions-except=${folder}`,
    `--load-extension=${folder}`,
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${cameraFile}`,
    '--autoplay-policy=no-user-gesture-required',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}
