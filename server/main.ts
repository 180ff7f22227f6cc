import { createApp } from './app.ts';
import { collectBriefly } from './briefCollections.ts';
import { readConfig } from './config.ts';
import { commandLine } from './config/commandLine.ts';
import { helpText } from './config/helpText.ts';
import { printedConfig } from './config/printedConfig.ts';
import { createLog } from './log.ts';

/** A close that takes longer is stuck; ms. */
const CLOSE_DEADLINE_MS = 4_500;

function giveUp(messages: readonly string[]): never {
  for (const message of messages) process.stderr.write(`${message}\n`);
  process.exit(1);
}

function answer(text: string): never {
  process.stdout.write(text);
  process.exit(0);
}

const task = commandLine(process.argv.slice(2));
if (!task.ok) giveUp([task.error]);
if (task.value === 'help') answer(helpText());

const config = readConfig(process.env);
if (!config.ok) giveUp(config.error);
if (task.value === 'printConfig') answer(printedConfig(process.env));

collectBriefly();
const log = createLog(config.value.logLevel);
const app = await createApp(config.value, { log });
if (!app.ok) giveUp([app.error]);
const server = app.value;

// `peer` keeps timers that nothing can stop, so the process ends by being told to.
async function stop(signal: string): Promise<void> {
  log.info({ signal }, 'stopping');
  setTimeout(() => giveUp(['The server did not close in time.']), CLOSE_DEADLINE_MS);
  await server.close();
  log.info('stopped');
  process.exit(0);
}

async function rotateTicketKeys(): Promise<void> {
  try {
    await server.rotateTicketKeys();
  } catch (error) {
    log.error({ err: error }, 'no new ticket key could be made');
  }
}

process.once('SIGTERM', (signal) => void stop(signal));
process.once('SIGINT', (signal) => void stop(signal));
// Windows has no such signal.
if (process.platform !== 'win32') process.on('SIGUSR2', () => void rotateTicketKeys());

try {
  const url = await server.listen();
  log.info({ url }, 'listening');
  process.stderr.write(`Foyer is open at ${config.value.publicUrl ?? url}\n`);
} catch (error) {
  const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  if (!inUse) throw error;
  await server.close();
  const { port, metricsPort } = config.value;
  const ofMetrics = 'port' in error && error.port === metricsPort && metricsPort !== port;
  const [taken, name] = ofMetrics ? [metricsPort, 'FOYER_METRICS_PORT'] : [port, 'PORT'];
  giveUp([`Port ${taken} is taken by another program. Choose another with ${name}.`]);
}
