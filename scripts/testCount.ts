import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with one line for people and machines: `N passed, N failed`, and how many were skipped. */
export default class TestCount implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0;
    let failed = errors.length;
    let skipped = 0;
    for (const module of modules) {
      const before = failed;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        else if (state === 'skipped' && test.options.mode === 'skip') skipped += 1;
        // A test that should have run and did not proves nothing.
        else failed += 1;
      }
      if (!module.ok() && failed === before) failed += 1;
    }
    const ofSkipped = skipped === 0 ? '' : `, ${skipped} skipped`;
    process.on('exit', () => console.log(`${passed} passed, ${failed} failed${ofSkipped}`));
  }
}
