import { globSync, readFileSync } from 'node:fs';

/** A rule in docs/spec begins `- **LB4** …`; a table may hold rules as well: `| **E2E1** | …`. */
const RULE = /^(?:- |\| )\*\*([A-Z][A-Z0-9]*\d)\*\*(.*(?:\n {2}.*)*)/gmu;
const RULE_RANGE = /\b([A-Z]+(?:\d+[A-Z]+)*)(\d+)(?:[–-](?:\1)?(\d+))?/gu;
/** The beginning of a test's title: `'LB4: …'`, `'LS1, LS2: …'`, `'OP1–OP3: …'`. */
const TITLE = /['"`]([A-Z][A-Z0-9]*\d(?:(?:, ?|–|-)[A-Z0-9]+)*): /gu;

const rules = new Map<string, { file: string; untested: boolean }>();
const twice: string[] = [];
for (const file of globSync('docs/spec/*.md'))
  for (const [, id = '', text] of readFileSync(file, 'utf8').matchAll(RULE)) {
    if (rules.has(id)) twice.push(id);
    rules.set(id, { file, untested: text?.includes('_untested:') ?? false });
  }

const quoted = new Map<string, string>();
for (const file of globSync('{shared,server,extension,web,e2e}/**/*.test.ts'))
  for (const [, label] of readFileSync(file, 'utf8').matchAll(TITLE))
    for (const id of idsIn(label ?? '')) quoted.set(id, file);

const unknown = [...quoted].filter(([id]) => !rules.has(id));
const unproven = [...rules].filter(([id, { untested }]) => !untested && !quoted.has(id));
const contradicted = [...rules].filter(([id, { untested }]) => untested && quoted.has(id));

for (const [id, file] of unknown)
  console.error(`${file} quotes ${id}, which no file in docs/spec has`);
for (const [id, { file }] of unproven) console.error(`${file}: ${id} has no test`);
for (const id of twice) console.error(`${id} is the name of two rules`);
for (const [id] of contradicted) console.error(`${id} has a test, though it says that it has none`);
const problems = unknown.length + unproven.length + contradicted.length + twice.length;
console.log(
  `spec: ${rules.size} rules, ${quoted.size} of them quoted by tests, ${problems} problems`,
);
process.exitCode = problems === 0 ? 0 : 1;

/** `LB4`, `OP1–OP3`, `LS1, LS2`. */
function idsIn(label: string): string[] {
  return [...label.matchAll(RULE_RANGE)].flatMap(([, prefix = '', from = '', to = from]) =>
    Array.from(
      { length: Number(to) - Number(from) + 1 },
      (_, step) => `${prefix}${Number(from) + step}`,
    ),
  );
}
