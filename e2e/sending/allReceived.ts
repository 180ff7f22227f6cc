import type { Seat } from '../stories/takeSeat.ts';

/**
 * Everything that somebody's panel has learnt of their partner, as one text: what came over sockets
 * and data channels, remote descriptions, and all statistics of all connections but for what they say
 * of this side. Wants `recordReceived`.
 */
export function allReceived({ place }: Seat): Promise<string> {
  return place.evaluate(async () => {
    const texts = [...(globalThis.receivedTexts ?? [])];
    for (const connection of globalThis.madeConnections ?? []) {
      texts.push(connection.remoteDescription?.sdp ?? '');
      const stats = await connection.getStats();
      stats.forEach((report: { type: string }) => {
        if (report.type !== 'local-candidate') texts.push(JSON.stringify(report));
      });
    }
    return texts.join('\n');
  });
}
