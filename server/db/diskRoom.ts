import { statfsSync } from 'node:fs';
import type { Logger } from 'pino';

const MEGABYTE = 2 ** 20;
/**
 * The database writes its log in files of 16 MB, and stops for good where it cannot make the next one:
 * room for that, for another one at the next start, and for the tables meanwhile.
 */
const NEEDED_MB = 48;

/** Whether the disk below the embedded database takes another write; its changes are logged once. */
export class DiskRoom {
  readonly #folder: string;
  readonly #log: Logger;
  #had = true;

  constructor(folder: string, log: Logger) {
    this.#folder = folder;
    this.#log = log;
  }

  /** As a sentence, without the next step. */
  get problem(): string {
    return `The disk of ${this.#folder} has less than ${NEEDED_MB} MB of room left.`;
  }

  has(): boolean {
    const { bavail, bsize } = statfsSync(this.#folder);
    const has = bavail * bsize >= NEEDED_MB * MEGABYTE;
    if (has !== this.#had) this.#tell(has);
    this.#had = has;
    return has;
  }

  #tell(has: boolean): void {
    const folder = this.#folder;
    if (has) this.#log.info({ folder }, 'the disk of the database has room again');
    else
      this.#log.error(
        { folder, neededMb: NEEDED_MB },
        'the disk of the database is full; matching pauses until it has room',
      );
  }
}
