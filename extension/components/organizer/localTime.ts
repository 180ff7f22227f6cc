/**
 * Between what a `datetime-local` field holds (`2026-11-21T09:00`, the organizer's own time zone)
 * and the protocol's timestamps (UTC).
 */
export function timestampOf(localTime: string): string | null {
  const time = new Date(localTime);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

/** Empty for null: that side of the opening hours is open. */
export function localTimeOf(timestamp: string | null): string {
  if (timestamp === null) return '';
  const time = new Date(timestamp);
  const asIfUtc = new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  return asIfUtc.toISOString().slice(0, 16);
}
