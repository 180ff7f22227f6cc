const HIDDEN = '[hidden]';

/** For a text that is a secret as a whole. */
export function hideAll(): string {
  return HIDDEN;
}

/** For an address that may carry a password: `postgres://foyer:[hidden]@host/name`. */
export function hidePassword(text: string): string {
  return text
    .replace(/^([^:/]+:\/\/[^:/@]*):.*@/, `$1:${HIDDEN}@`)
    .replace(/([?&]pass(?:word)?=)[^&]*/g, `$1${HIDDEN}`);
}

/** For JSON in which `credential` is a secret. */
export function hideCredentials(text: string): string {
  return text.replace(/("credential"\s*:\s*)"(?:[^"\\]|\\.)*"/g, `$1"${HIDDEN}"`);
}
