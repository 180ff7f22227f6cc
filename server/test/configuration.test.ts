import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { commandLine } from '../config/commandLine.ts';
import { helpText } from '../config/helpText.ts';
import { printedConfig } from '../config/printedConfig.ts';
import { VARIABLES } from '../config/variables.ts';

const DOCS = join(import.meta.dirname, '..', '..', 'docs');
const ALL = Object.values(VARIABLES);
const NAMES = ALL.map(({ name }) => name);

function mistakesOf(environment: Record<string, string>): readonly string[] {
  const config = readConfig(environment);
  return config.ok ? [] : config.error;
}

describe('names that look like ours', () => {
  it.each([
    ['FOYER_ORIGNS', 'FOYER_ORIGINS'],
    ['FOYER_PUBLICURL', 'FOYER_PUBLIC_URL'],
    ['FOYER_RATE_PER_MIN', 'FOYER_RATE_PER_MINUTE'],
    ['TURN_COTURN_URL', 'TURN_COTURN_URLS'],
  ])('OP17: %s is answered with %s', (typo, meant) => {
    expect(mistakesOf({ [typo]: 'x' })).toEqual([
      `${typo} is no setting of Foyer. Did you mean ${meant}?`,
    ]);
  });

  it('OP17: where none is near, the sentence says how to find out', () => {
    expect(mistakesOf({ FOYER_COFFEE_TEMPERATURE: '80' })).toEqual([
      'FOYER_COFFEE_TEMPERATURE is no setting of Foyer. Remove it; --help lists them all.',
    ]);
  });

  it('OP17: other programs may have theirs, and Kubernetes its own', () => {
    const others = {
      PATH: '/bin',
      OTEL_SERVICE_NAME: 'x',
      FOYER_SERVICE_HOST: '10.0.0.1',
      FOYER_SERVICE_PORT_HTTP: '8787',
      FOYER_PORT: 'tcp://10.0.0.1:8787',
      FOYER_PORT_8787_TCP_ADDR: '10.0.0.1',
    };
    expect(mistakesOf(others)).toEqual([]);
  });

  it('OP17: a name that is one letter off is always answered with the right one', () => {
    const ours = NAMES.filter((name) => /^(FOYER|TURN)_/.test(name));
    fc.assert(
      fc.property(fc.constantFrom(...ours), fc.nat(), fc.constantFrom('X', ''), (name, at, by) => {
        const place = 6 + (at % (name.length - 6));
        const typo = name.slice(0, place) + by + name.slice(place + 1);
        if (NAMES.includes(typo) || /_PORT$/.test(typo)) return;
        const [sentence] = mistakesOf({ [typo]: 'x' });
        expect(sentence).toMatch(`Did you mean ${name}?`);
      }),
    );
  });
});

describe('settings that cannot both be meant', () => {
  it.each([
    [{ PORT: '9000', FOYER_METRICS_PORT: '9000' }, 'PORT and FOYER_METRICS_PORT are both 9000'],
    [{ FOYER_METRICS_PORT: '9000', FOYER_METRICS_HOST: '0.0.0.0' }, 'set FOYER_METRICS_TOKEN'],
  ])('OP18: %o', (environment, words) => {
    expect(mistakesOf(environment)).toEqual([expect.stringContaining(words)]);
  });

  it('OP18: two free ports, and figures for the network behind a token, are no contradiction', () => {
    const token = { FOYER_METRICS_TOKEN: 'a-token-for-the-figures' };
    expect(mistakesOf({ PORT: '0', FOYER_METRICS_PORT: '0' })).toEqual([]);
    const network = { FOYER_METRICS_PORT: '9000', FOYER_METRICS_HOST: '0.0.0.0', ...token };
    expect(mistakesOf(network)).toEqual([]);
  });
});

describe('what the program says of itself', () => {
  it('OP19: --print-config shows what holds, and hides every secret', () => {
    const printed = printedConfig({
      PORT: '9000',
      FOYER_METRICS_TOKEN: 'marigold-marigold',
      DATABASE_URL: 'postgres://foyer:marigold@db.example:5432/foyer',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://me:marigold@collector.example',
      FOYER_ICE_SERVERS:
        '[{"urls":["turn:t.example"],"username":"u","credential":"mari\\"gold marigold"}]',
      TURN_COTURN_SECRET: 'marigold-marigold',
      TURN_METERED_SECRET_KEY: 'marigold-marigold',
      TURN_CLOUDFLARE_API_TOKEN: 'marigold-marigold',
      REDIS_URL: 'redis://:marigold@redis.example',
    });
    expect(printed).toMatch(/^PORT=9000\n/);
    expect(printed).toContain('HOST=127.0.0.1  # default');
    expect(printed).toContain('# FOYER_PUBLIC_URL is not set');
    expect(printed).toContain('DATABASE_URL=postgres://foyer:[hidden]@db.example:5432/foyer');
    expect(printed).not.toContain('mari');
    for (const name of NAMES) expect(printed).toContain(name);
  });

  it('OP19: a variable whose name says that it is a secret has a mask', () => {
    const secrets = ALL.filter(({ name }) => /TOKEN|SECRET|PASSWORD|_KEY$/.test(name));
    expect(secrets.length).toBeGreaterThan(0);
    const text = 'marigold-marigold';
    for (const { name, mask } of secrets) expect([name, mask?.(text)]).toEqual([name, '[hidden]']);
  });

  it('OP19: --help names every variable; an unknown option is an error', () => {
    for (const { name, meaning } of ALL) {
      expect(helpText()).toContain(name);
      expect(helpText()).toContain(meaning);
    }
    expect(commandLine([])).toEqual({ ok: true, value: 'start' });
    expect(commandLine(['--help'])).toEqual({ ok: true, value: 'help' });
    expect(commandLine(['--print-config'])).toEqual({ ok: true, value: 'printConfig' });
    for (const args of [['--port=9000'], ['--help', 'me'], ['']]) {
      expect(commandLine(args)).toMatchObject({
        ok: false,
        error: expect.stringContaining('--help'),
      });
    }
  });
});

it('OP19: both options end with 0 and start nothing; a mistake ends with 1', () => {
  const main = join(import.meta.dirname, '..', 'main.ts');
  const run = (option: string, changes: Record<string, string> = {}) => {
    const env = { PATH: process.env['PATH'], FOYER_METRICS_TOKEN: 'marigold-marigold', ...changes };
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, option], { env });
    return { status, stdout: String(stdout), stderr: String(stderr) };
  };
  const printed = run('--print-config');
  expect(printed).toMatchObject({ status: 0, stderr: '' });
  expect(printed.stdout).toContain('FOYER_METRICS_TOKEN=[hidden]');
  expect(run('--help', { PORT: 'many' })).toEqual({ status: 0, stdout: helpText(), stderr: '' });
  const mistaken = run('--print-config', { PORT: 'many', FOYER_ORIGNS: 'x' });
  expect(mistaken).toMatchObject({ status: 1, stdout: '' });
  expect(mistaken.stderr.trim().split('\n')).toHaveLength(2);
}, 60_000);

describe('the written tables', () => {
  it('OP20: the rules’ table has every variable, with its default', () => {
    const rows = new Map(
      [
        ...readFileSync(join(DOCS, 'spec', 'operation.md'), 'utf8').matchAll(
          /^\| `([A-Z_]+)` *\| (.+?) *\|/gm,
        ),
      ].map(([, name = '', fallback = '']) => [name, fallback] as const),
    );
    expect([...rows.keys()].toSorted()).toEqual([...NAMES].toSorted());
    for (const { name, fallback } of ALL) {
      if (fallback) expect([name, rows.get(name)]).toEqual([name, `\`${fallback}\``]);
      else expect([name, rows.get(name)]).not.toEqual([name, expect.stringContaining('`')]);
    }
  });

  it('OP20: the operator’s page explains every variable', () => {
    const page = readFileSync(join(DOCS, 'operation', 'configuration.md'), 'utf8');
    expect(NAMES.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});
