import type { Seat } from '../stories/takeSeat.ts';

/** The way that media takes at this moment, as its two ends see themselves. */
interface SelectedPair {
  readonly local: string;
  readonly remote: string;
  /** Between this machine and its relay; null where no relay is used on this side. */
  readonly relayProtocol: string | null;
}

/** Of a panel's connected call; null while it has none. Wants `watchConnections`. */
export function selectedPair({ place }: Seat): Promise<SelectedPair | null> {
  return place.evaluate(async () => {
    const isConnected = (one: RTCPeerConnection) => one.connectionState === 'connected';
    const stats = await globalThis.watchedConnections?.findLast(isConnected)?.getStats();
    if (stats === undefined) return null;
    const reports = new Map<string, Record<string, unknown>>();
    stats.forEach((report: { id: string }) => reports.set(report.id, { ...report }));
    const transport = [...reports.values()].find(({ type }) => type === 'transport');
    const pair = reports.get(String(transport?.['selectedCandidatePairId']));
    const local = reports.get(String(pair?.['localCandidateId']));
    const remote = reports.get(String(pair?.['remoteCandidateId']));
    if (local === undefined || remote === undefined) return null;
    const isRelay = local['candidateType'] === 'relay';
    return {
      local: String(local['candidateType']),
      remote: String(remote['candidateType']),
      relayProtocol: isRelay ? String(local['relayProtocol']) : null,
    };
  });
}
