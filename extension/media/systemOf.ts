/** Whose privacy settings may keep a browser from its devices. */
export type System = 'windows' | 'mac' | 'chromeos' | 'linux' | 'other';

/** The operating system by the browser's user agent string. */
export function systemOf(userAgent: string): System {
  if (/Windows/.test(userAgent)) return 'windows';
  if (/Macintosh/.test(userAgent)) return 'mac';
  if (/CrOS/.test(userAgent)) return 'chromeos';
  return /Linux/.test(userAgent) && !/Android/.test(userAgent) ? 'linux' : 'other';
}
