/** Seconds as people write the length of a call: `2:00`. */
export function lengthText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Seconds of `m:ss` or of whole minutes; null for anything else. */
export function lengthSeconds(text: string): number | null {
  const match = /^(\d{1,3})(?::([0-5]\d))?$/.exec(text.trim());
  return match === null ? null : Number(match[1]) * 60 + Number(match[2] ?? 0);
}
