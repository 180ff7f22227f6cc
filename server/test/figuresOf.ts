import type { TestServer } from './startServer.ts';

/** What `/metrics` shows: `name{label="value"}` to its number. */
export type Figures = ReadonlyMap<string, number>;

export async function figuresOf(server: TestServer, bearer: string): Promise<Figures> {
  const answer = await server.request('GET', '/metrics', { bearer });
  if (answer.status !== 200) throw new Error(`/metrics answered ${answer.status}`);
  return parseFigures(String(answer.body));
}

export function parseFigures(page: string): Figures {
  const lines = page.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const end = line.lastIndexOf(' ');
      return [line.slice(0, end), Number(line.slice(end + 1))] as const;
    }),
  );
}
