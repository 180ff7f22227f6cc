import { randomBytes } from 'node:crypto';
import postgres from 'postgres';

/** The address of a fresh, empty database beside the one at `url`. */
export async function newDatabase(url: string): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const client = postgres(url, { max: 1 });
  await client.unsafe(`create database ${name}`);
  await client.end();
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}
