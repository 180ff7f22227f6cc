import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with one line for people and machines: `N passed, N failed`. */
export default class TestCount implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0;
    let failed = errors.length;
    for (const module of modules) {
      const before = failed;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        // A test that did not run proves nothing.
        else failed += 1;
      }
      if (!module.ok() && failed === before) failed += 1;
    }
    process.on('exit', () => console.log(`${passed} passed, ${failed} failed`));
  }
}
