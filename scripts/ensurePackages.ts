import { installPackages, mayInstallPackages } from './installPackages.ts';

/** Installs what is missing, or says how; false where it is missing still. */
export async function ensurePackages(
  packages: readonly string[],
  advice: string,
): Promise<boolean> {
  try {
    if (!mayInstallPackages()) throw new Error(advice);
    console.log(`Missing: ${packages.join(', ')}; installing with apt-get.`);
    await installPackages(packages, advice);
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
}
