/**
 * The network address of this machine from which a person of a crowd comes. The server limits what one
 * address may have; so many share one, as in a lecture hall.
 */
const PEOPLE_PER_ADDRESS = 40;

/** @param group tells the crowds of several processes apart, from 0. */
export function hallAddress(group: number, person: number): string {
  return `127.1.${group}.${1 + Math.floor(person / PEOPLE_PER_ADDRESS)}`;
}
