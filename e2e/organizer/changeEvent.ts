import type { ChangeRequest, RegisterAnswer } from '../../shared/protocol/http.ts';

/** Changes an event over HTTP, as its owner; the status of the answer. */
export async function changeEvent(
  server: string,
  { event, ownerSecret }: RegisterAnswer,
  body: ChangeRequest,
): Promise<number> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${ownerSecret}` };
  const address = `${server}/api/events/${event.eventId}`;
  const answer = await fetch(address, { method: 'PATCH', headers, body: JSON.stringify(body) });
  return answer.status;
}
