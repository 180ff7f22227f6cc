import { decode } from '../../shared/protocol/decode.ts';
import {
  RegisterAnswerSchema,
  type RegisterAnswer,
  type RegisterRequest,
} from '../../shared/protocol/http.ts';

/** Registers over HTTP, for tests that begin afterwards. */
export async function registerEvent(
  server: string,
  body: RegisterRequest,
): Promise<RegisterAnswer> {
  const response = await fetch(`${server}/api/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server },
    body: JSON.stringify(body),
  });
  const answer = decode(RegisterAnswerSchema, await response.json());
  if (!answer.ok) throw new Error(`The server did not register: ${answer.error.detail}`);
  return answer.value;
}
