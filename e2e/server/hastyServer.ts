import { createApp } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { createLog } from '../../server/log.ts';

/**
 * The server from its source with some of its times cut short, for stories that would wait for
 * minutes: a second of a call lasts 600 ms, and who has done nothing for 6 s may be away.
 */
const HASTE = { callSecondMs: 600, goodbyeMs: 5_000, presentForMs: 6_000, readyCheckMs: 5_000 };

const config = readConfig(process.env);
if (!config.ok) throw new Error(config.error.join('\n'));
const log = createLog(config.value.logLevel);
const app = await createApp(config.value, { log, limits: HASTE });
if (!app.ok) throw new Error(app.error);
const server = app.value;

process.once('SIGTERM', () => void server.close().then(() => process.exit(0)));
log.info({ url: await server.listen() }, 'listening');
