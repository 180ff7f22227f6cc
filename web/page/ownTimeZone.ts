/** The browser's time zone as people know it: `Europe/Berlin (GMT+1)`. */
export function ownTimeZone(): string {
  const format = new Intl.DateTimeFormat('en', { timeZoneName: 'shortOffset' });
  const offset = format.formatToParts().find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const name = format.resolvedOptions().timeZone;
  return name === offset ? name : `${name} (${offset})`;
}
