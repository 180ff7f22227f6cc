import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const MAIN = join(import.meta.dirname, '..', 'main.ts');

it.skipIf(process.platform === 'win32')(
  'TK11: SIGUSR2 makes a new key, and the server runs on',
  async () => {
    const env = { ...process.env, PORT: '0', FOYER_DATA: 'memory:', LOG_LEVEL: 'info' };
    const child = spawn(process.execPath, [MAIN], { env });
    try {
      let said = '';
      child.stdout.on('data', (data) => (said += String(data)));
      const until = async (words: string) => {
        while (!said.includes(words)) await once(child.stdout, 'data');
      };
      await until('"listening"');
      child.kill('SIGUSR2');
      await until('a new ticket key was made');
      const url = /"url":"([^"]+)","msg":"listening"/.exec(said)?.[1];
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
    } finally {
      child.kill('SIGKILL');
    }
  },
  60_000,
);
