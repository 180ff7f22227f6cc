import type { PageAddress } from './pageAddress.ts';

interface OtherPlace {
  readonly key: string;
  readonly url: string;
  readonly bareKey: string;
}

/**
 * A page of a site that Foyer knows nothing about. Its query may hold passwords and personal
 * tokens: only the parameters in `parameters` are looked at, nothing else of it gets into the result.
 */
export function otherPlace(page: PageAddress, parameters: readonly string[]): OtherPlace {
  const authority = page.port === '' ? page.host : `${page.host}:${page.port}`;
  const path = withoutTrailingSlashes(page.path);
  const bareKey = `web:${authority}${path || '/'}`;
  const trailing = path === page.path ? '' : '/';
  const query = namedQuery(page.query, parameters);
  return {
    bareKey,
    key: bareKey + query,
    url: `${page.scheme}://${authority}${path}${trailing}${query}`,
  };
}

/** Sorted, so that their order in the address does not matter; of a repeated one, the first counts. */
function namedQuery(query: URLSearchParams, parameters: readonly string[]): string {
  const named = [...new Set(parameters)].sort().flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`];
  });
  return named.length === 0 ? '' : `?${named.join('&')}`;
}

/** By hand: the regular expression for it takes quadratic time on a path of slashes. */
function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}
