/** A bench's peers are `bench00000`, `bench00001` and so on; two neighbours are partners. */
export interface BenchPeer {
  readonly peerId: string;
  readonly brokerToken: string;
}

export function benchPeer(index: number): BenchPeer {
  const number = String(index).padStart(5, '0');
  return { peerId: `bench${number}`, brokerToken: `token${number}token${number}` };
}

export function partnerOf(index: number): BenchPeer {
  return benchPeer(index ^ 1);
}

/** The same address at every server; `to` is for a relay that knows no protocol. */
export function seatUrl(server: string, index: number): string {
  const { peerId: id, brokerToken: token } = benchPeer(index);
  const query = new URLSearchParams({ key: 'peerjs', id, token, to: partnerOf(index).peerId });
  return `${server.replace(/^http/, 'ws')}/broker/peerjs?${query}`;
}
