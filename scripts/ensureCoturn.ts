import { ensurePackages } from './ensurePackages.ts';
import { findProgram } from './installPackages.ts';

/** What the stories over real networks run, and the package that brings it. */
const NEEDED = [
  { program: 'turnserver', package: 'coturn' },
  { program: 'iptables', package: 'iptables' },
  { program: 'ip', package: 'iproute2' },
  { program: 'tc', package: 'iproute2' },
  { program: 'sysctl', package: 'procps' },
] as const;

const missing = NEEDED.filter(
  ({ program }) => findProgram([program], [`/usr/sbin/${program}`, `/sbin/${program}`]) === null,
);
const packages = [...new Set(missing.map((one) => one.package))];
const ADVICE =
  'The stories over real networks need programs that were not found.\n' +
  `Install them (Debian, Ubuntu: sudo apt-get install ${packages.join(' ')}), and run this command again.`;

/** Without root the stories are skipped, and say so themselves; nothing is needed for that. */
const isWanted = process.getuid?.() === 0 && process.platform === 'linux' && packages.length > 0;
if (isWanted && !(await ensurePackages(packages, ADVICE))) process.exitCode = 1;
