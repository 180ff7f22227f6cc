import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import WebSocket from 'ws';
import { ensureChromium } from '../../scripts/ensureChromium.ts';

/** A page whose functions are called by their text, so they refer to nothing outside themselves. */
export interface PlainPage {
  evaluate<Given, Answer>(task: (given: Given) => Answer, given: Given): Promise<Awaited<Answer>>;
  /** Brings this tab to the front; the others are hidden then. */
  show(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Chromium, driven by its own protocol alone. The usual driver calls every tab visible and focused,
 * and what happens in a hidden tab could not be measured.
 */
export interface PlainChromium {
  readonly pid: number;
  open(url: string): Promise<PlainPage>;
  close(): Promise<void>;
}

const LOOK_EVERY_MS = 20;

interface Answer {
  readonly id?: number;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

type Send = (method: string, params?: object, session?: string) => Promise<Record<string, unknown>>;

export async function launchPlainChromium(flags: readonly string[]): Promise<PlainChromium> {
  const profile = await mkdtemp(join(tmpdir(), 'plain-chromium-'));
  const args = ['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`];
  const browser = spawn(await ensureChromium(), [...args, ...flags, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => browser.once('exit', () => resolve()));
  const socket = new WebSocket(await addressIn(browser.stderr));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const send = sender(socket);
  return {
    pid: browser.pid ?? 0,
    open: (url) => openPage(send, url),
    close: async () => {
      socket.close();
      browser.kill();
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Chromium tells where its protocol listens in its error output. */
async function addressIn(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
    if (address !== undefined) {
      output.resume();
      return address;
    }
  }
  throw new Error('Chromium ended before it listened.');
}

function sender(socket: WebSocket): Send {
  const waiting = new Map<number, (answer: Answer) => void>();
  let count = 0;
  socket.on('message', (data) => {
    const answer = JSON.parse(String(data)) as Answer;
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
  });
  return (method, params = {}, sessionId) =>
    new Promise((resolve, reject) => {
      const id = (count += 1);
      waiting.set(id, ({ result, error }) => {
        waiting.delete(id);
        if (error) reject(new Error(`${method}: ${error.message}`));
        else resolve(result ?? {});
      });
      socket.send(JSON.stringify({ id, method, params, sessionId }));
    });
}

async function openPage(send: Send, url: string): Promise<PlainPage> {
  const { targetId } = await send('Target.createTarget', { url });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const session = String(sessionId);
  const evaluate: PlainPage['evaluate'] = async (task, given) => {
    const expression = `(${String(task)})(${JSON.stringify(given) ?? ''})`;
    const wanted = { expression, awaitPromise: true, returnByValue: true, userGesture: true };
    const answer = (await send('Runtime.evaluate', wanted, session)) as {
      result: { value: never };
      exceptionDetails?: { exception?: { description?: string } };
    };
    const { exceptionDetails } = answer;
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? 'It threw.');
    return answer.result.value;
  };
  const isLoaded = (wanted: string) =>
    document.readyState === 'complete' && location.href.startsWith(wanted);
  while (!(await evaluate(isLoaded, url))) await pause(LOOK_EVERY_MS);
  return {
    evaluate,
    show: async () => void (await send('Target.activateTarget', { targetId })),
    close: async () => void (await send('Target.closeTarget', { targetId })),
  };
}
