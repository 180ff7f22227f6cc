/**
 * The few globals that Node and browsers have in common and that shared/ uses. Only
 * shared/tsconfig.json sees this file: it has neither DOM nor Node types, so that nothing else of
 * either can slip in. `crypto` has its digest alone: chance is not for shared/.
 */
declare class URLSearchParams implements Iterable<[string, string]> {
  get(name: string): string | null;
  has(name: string): boolean;
  [Symbol.iterator](): IterableIterator<[string, string]>;
}

declare class URL {
  constructor(url: string);
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly searchParams: URLSearchParams;
}

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}

declare const crypto: {
  readonly subtle: {
    digest(algorithm: 'SHA-256', data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
  };
};
