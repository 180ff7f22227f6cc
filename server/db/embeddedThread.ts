import { parentPort, workerData } from 'node:worker_threads';
import { PGlite, type Results, type Transaction } from '@electric-sql/pglite';
import type {
  EmbeddedCall,
  EmbeddedOptions,
  EmbeddedProblem,
  EmbeddedQuery,
  EmbeddedReply,
} from './embeddedMessages.ts';

interface OpenTransaction {
  readonly transaction: Transaction;
  end(commit: boolean): Promise<void>;
}

/**
 * The embedded database, in a thread of its own: each of its queries is one piece of work of
 * milliseconds, for which everybody's messages would have to wait.
 */
if (parentPort === null) throw new Error('This is a thread of the server, and runs nowhere else.');
const port = parentPort;
const client = await PGlite.create(workerData as EmbeddedOptions);
const open = new Map<number, OpenTransaction>();

port.on('message', (call: EmbeddedCall) => {
  perform(call).then(
    (results) => reply({ id: call.id, results }),
    (error: unknown) => reply({ id: call.id, problem: problemOf(error) }),
  );
});
port.postMessage('open');

function reply(message: EmbeddedReply): void {
  port.postMessage(message);
}

async function perform(call: EmbeddedCall): Promise<Results | null> {
  switch (call.do) {
    case 'query':
      return run(call.within === undefined ? client : openOne(call.within).transaction, call.query);
    case 'begin':
      await begin(call.id);
      return null;
    case 'end':
      await openOne(call.within).end(call.commit);
      return null;
    case 'close':
      await client.close();
      return null;
  }
}

function run(on: PGlite | Transaction, query: EmbeddedQuery): Promise<Results> {
  const asText = query.asText.map((type) => [type, (text: string) => text] as const);
  return on.query(query.text, [...query.values], {
    rowMode: query.rowMode,
    parsers: Object.fromEntries(asText),
  });
}

/** Resolves once nobody else's transaction is open; others' queries wait until its end. */
function begin(id: number): Promise<void> {
  const ending = Promise.withResolvers<boolean>();
  return new Promise((resolve, reject) => {
    const done = client.transaction(async (transaction) => {
      const end = async (commit: boolean) => {
        open.delete(id);
        ending.resolve(commit);
        await done;
      };
      open.set(id, { transaction, end });
      resolve();
      if (!(await ending.promise)) await transaction.rollback();
    });
    // Once it has begun, whoever ends it hears of it.
    done.catch(reject);
  });
}

function openOne(id: number): OpenTransaction {
  const found = open.get(id);
  if (found === undefined) throw new Error('This transaction is over.');
  return found;
}

function problemOf(error: unknown): EmbeddedProblem {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, code, severity } = error as Error & { code?: unknown; severity?: unknown };
  return { message, code, severity };
}
