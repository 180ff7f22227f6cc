import { spawnSync } from 'node:child_process';

/** What `npm audit --json` answers, as far as it is read here. */
interface AuditAnswer {
  readonly message?: string;
  readonly metadata?: { readonly vulnerabilities: { readonly total: number } };
}

/**
 * Known vulnerabilities in what ships. Some registries, such as mirrors inside companies, have no
 * audit endpoint; that is said, and is not taken for a clean bill.
 */
const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8' });
const answer = JSON.parse(stdout) as AuditAnswer;
const total = answer.metadata?.vulnerabilities.total;

if (total === undefined) {
  console.log(
    `audit: not done, the registry has no answer (${answer.message ?? 'no reason given'})`,
  );
} else if (total > 0) {
  spawnSync('npm', ['audit', '--omit=dev'], { stdio: 'inherit' });
  process.exitCode = 1;
} else {
  console.log('audit: 0 vulnerabilities in what ships');
}
