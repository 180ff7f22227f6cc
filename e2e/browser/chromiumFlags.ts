/** How one viewer's browser differs from a browser as it comes. Folders and files are absolute paths. */
interface FlagsWanted {
  readonly extensionFolder: string;
  readonly cameraFile: string;
  readonly microphoneFile: string;
  /** The person answers every question for camera or microphone with no. */
  readonly refusesDevices: boolean;
  /** Nobody answers questions: the settings of the profile decide. */
  readonly decidesInSettings: boolean;
  /** Host name → `address:port` that answers for it, over TLS with any certificate. */
  readonly hosts: Readonly<Record<string, string>>;
}

/** Nothing here loosens what an extension or a page may do, except for certificates and the prompt. */
export function chromiumFlags(wanted: FlagsWanted): string[] {
  const rules = Object.entries(wanted.hosts).map(([host, place]) => `MAP ${host} ${place}`);
  return [
    `--disable-extensions-except=${wanted.extensionFolder}`,
    `--load-extension=${wanted.extensionFolder}`,
    '--use-fake-device-for-media-stream',
    ...(wanted.decidesInSettings
      ? []
      : [`--use-fake-ui-for-media-stream${wanted.refusesDevices ? '=deny' : ''}`]),
    `--use-file-for-fake-video-capture=${wanted.cameraFile}`,
    `--use-file-for-fake-audio-capture=${wanted.microphoneFile}`,
    ...(rules.length > 0 ? [`--host-resolver-rules=${rules.join(',')}`] : []),
    '--ignore-certificate-errors',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    /** Chromium's sandbox refuses to run as root. */
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}
