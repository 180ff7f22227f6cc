import type { BrowserContext } from 'playwright-core';

/** A list that grows by every error that a page of this browser reports from now on. */
export function collectProblems(context: BrowserContext): readonly string[] {
  const problems: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error')
      problems.push(`${message.page()?.url() ?? message.location().url}: ${message.text()}`);
  });
  context.on('weberror', (event) => {
    problems.push(`${event.page()?.url() ?? 'worker'}: ${event.error().message}`);
  });
  return problems;
}
