import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** How large the space for what is new has become, in MB, after much that lived for a while. */
const SCRIPT = `
import { getHeapSpaceStatistics } from 'node:v8';
import { collectBriefly } from '${new URL('briefCollections.ts', import.meta.url).href}';
if (process.argv[1] === 'briefly') collectBriefly();
const kept = [];
for (let each = 0; each < 3_000_000; each += 1) kept[each % 50_000] = { each: [each] };
const space = getHeapSpaceStatistics().find((one) => one.space_name === 'new_space');
console.log(space.space_size / 1_048_576);
`;

/** In a process of its own: the settings hold for a whole process. */
function newSpaceMegabytes(how: 'briefly' | 'untouched'): number {
  const args = ['--input-type=module', '--eval', SCRIPT, how];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

it('V8 obeys: the space for what is new stays small, and would not by itself', () => {
  expect(newSpaceMegabytes('briefly')).toBeLessThanOrEqual(4);
  expect(newSpaceMegabytes('untouched')).toBeGreaterThan(16);
});
