/** A repository could not do what it was asked to. Holds nothing of the values that were asked for. */
export class StorageError extends Error {
  /** Of PostgreSQL (`57014`), of the network (`ECONNREFUSED`), or our own `tooSlow`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'StorageError';
    this.code = code;
  }
}
