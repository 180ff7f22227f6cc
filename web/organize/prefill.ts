/** What `/organize#url=…&title=…` brings along. */
export function prefillFrom(fragment: string): { url?: string; title?: string } {
  const given = new URLSearchParams(fragment);
  const url = given.get('url');
  const title = given.get('title');
  return { ...(url === null ? {} : { url }), ...(title === null ? {} : { title }) };
}
