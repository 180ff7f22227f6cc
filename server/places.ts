import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where this program finds its other files: as bundled, or as it stands in the repository. */
export interface Places {
  readonly migrationsFolder: string;
  readonly webRoot: string;
}

export function findPlaces(programFolder: string): Places {
  const bundled = join(programFolder, 'migrations');
  if (existsSync(bundled)) {
    return { migrationsFolder: bundled, webRoot: join(programFolder, '..', 'web') };
  }
  return {
    migrationsFolder: join(programFolder, 'db', 'migrations'),
    webRoot: join(programFolder, '..', '.output', 'web'),
  };
}
