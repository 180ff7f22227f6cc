import { decode } from '../../shared/protocol/decode.ts';
import {
  RegisterAnswerSchema,
  type RegisterAnswer,
  type RegisterRequest,
} from '../../shared/protocol/http.ts';

/** Sends JSON to an address and gives back the JSON of the answer. */
type Post = (url: string, body: string) => Promise<unknown>;

const postFromHere: Post = async (url, body) => {
  const headers = { 'content-type': 'application/json', origin: new URL(url).origin };
  return (await fetch(url, { method: 'POST', headers, body })).json();
};

/** Registers over HTTP, for tests that begin afterwards; `post` where this process cannot reach it. */
export async function registerEvent(
  server: string,
  body: RegisterRequest,
  post: Post = postFromHere,
): Promise<RegisterAnswer> {
  const answer = decode(
    RegisterAnswerSchema,
    await post(`${server}/api/events`, JSON.stringify(body)),
  );
  if (!answer.ok) throw new Error(`The server did not register: ${answer.error.detail}`);
  return answer.value;
}
