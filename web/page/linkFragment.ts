/** What follows the `#`: browsers keep it to themselves, so secrets travel there. */
export function linkFragment(): string {
  return location.hash.slice(1);
}

/** The id in `/organize/:eventId` or `/g/:eventId`; null where there is none. */
export function eventIdInPath(): string | null {
  return /^\/(?:organize|g)\/([A-Za-z0-9]{8,64})\/?$/.exec(location.pathname)?.[1] ?? null;
}
