import { fail, ok, type Result } from '../result.ts';
import { LIMITS } from '../protocol/limits.ts';

/** An address taken apart, with nothing in it that two spellings of one page could disagree on. */
export interface PageAddress {
  readonly scheme: 'http' | 'https';
  /** Lowercase, punycode, without the root's dot. */
  readonly host: string;
  /** Empty for the scheme's own port. */
  readonly port: string;
  /** Starts with a slash; percent-encoding normalised, the trailing slash as it came. */
  readonly path: string;
  /** The path's parts, decoded, without empty ones: `/live/x%79/` is `['live', 'xy']`. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
}

export type PageAddressError = 'notAnAddress' | 'tooLong' | 'schemeUnsupported' | 'credentials';

/** Reads an absolute http(s) address as the WHATWG URL standard does. */
export function readPageAddress(text: string): Result<PageAddress, PageAddressError> {
  if (text.length > LIMITS.urlLength) return fail('tooLong');
  const url = parse(text);
  if (url === null) return fail('notAnAddress');
  const scheme = url.protocol.slice(0, -1);
  if (scheme !== 'http' && scheme !== 'https') return fail('schemeUnsupported');
  if (url.username !== '' || url.password !== '') return fail('credentials');
  const host = url.hostname.replace(/\.$/, '');
  if (host.split('.').includes('')) return fail('notAnAddress');
  const path = normalisePath(url.pathname);
  const segments = path
    .split('/')
    .filter((segment) => segment !== '')
    .map(decodeSegment);
  return ok({ scheme, host, port: url.port, path, segments, query: url.searchParams });
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** RFC 3986, 2.3: escaped or not, these mean the same. */
const UNRESERVED = /[A-Za-z0-9._~-]/;
/** RFC 3986, 3.3 allows `pchar` and the slash; engines disagree on whether they escape the rest. */
const PATH_PIECE = /%[0-9A-Fa-f]{2}|[^A-Za-z0-9._~!$&'()*+,;=:@/-]/gu;

function normalisePath(path: string): string {
  return path.replace(PATH_PIECE, (piece) => {
    if (piece.length < 3) return encodeURIComponent(piece);
    const character = String.fromCharCode(parseInt(piece.slice(1), 16));
    return UNRESERVED.test(character) ? character : piece.toUpperCase();
  });
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
