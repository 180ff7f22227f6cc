import { createHash } from 'node:crypto';
import type { LobbyCommand } from '../domain/lobby/lobbyCommand.ts';

/** What may be written down of a command that broke a lobby: enough to find the mistake, nobody's words. */
export function crashReport(command: LobbyCommand, error: unknown) {
  const said = JSON.stringify(command);
  return {
    command: command.type,
    bytes: said.length,
    // The same command breaks it the same way: two reports of one mistake look alike.
    digest: createHash('sha256').update(said).digest('hex').slice(0, 16),
    error: error instanceof Error ? error.name : typeof error,
    // The message may quote a name; the places in the code never do.
    at: placesOf(error),
  };
}

const PLACES = 6;

function placesOf(error: unknown): readonly string[] {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const places = stack.split('\n').map((line) => line.trim());
  return places.filter((line) => /^at .*:\d+:\d+\)?$/u.test(line)).slice(0, PLACES);
}
