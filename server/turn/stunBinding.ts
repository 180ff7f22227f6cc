import { randomBytes } from 'node:crypto';

/** The least of STUN (RFC 8489, section 5): a header without attributes asks for one's own address. */
const BINDING_REQUEST = 0x0001;
/** The class bits of an answer, good or bad, around the method *binding*. */
const ANSWERS: ReadonlySet<number> = new Set([0x0101, 0x0111]);
const COOKIE = 0x2112a442;
export const STUN_HEADER_BYTES = 20;
const TRANSACTION_BYTES = 12;

export function bindingRequest(): Buffer {
  const request = Buffer.alloc(STUN_HEADER_BYTES);
  request.writeUInt16BE(BINDING_REQUEST, 0);
  request.writeUInt32BE(COOKIE, 4);
  randomBytes(TRANSACTION_BYTES).copy(request, STUN_HEADER_BYTES - TRANSACTION_BYTES);
  return request;
}

/** Cookie and transaction are the request's own; whatever else it says, somebody is there. */
export function answersBinding(request: Buffer, answer: Buffer): boolean {
  return (
    answer.length >= STUN_HEADER_BYTES &&
    ANSWERS.has(answer.readUInt16BE(0)) &&
    answer.subarray(4, STUN_HEADER_BYTES).equals(request.subarray(4))
  );
}
