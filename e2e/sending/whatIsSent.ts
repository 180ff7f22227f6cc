import type { Seat } from '../stories/takeSeat.ts';

interface Sent {
  /** `video/VP9`; empty where no picture is sent. */
  readonly video: string;
  /** Sound alone, headers left out: redundancy doubles it. */
  readonly bytesPerSoundPacket: number;
}

/** What a panel's newest connection sends. Wants `recordReceived`. */
export function whatIsSent({ place }: Seat): Promise<Sent> {
  return place.evaluate(async () => {
    const reports = new Map<string, Record<string, unknown>>();
    const stats = await globalThis.madeConnections?.at(-1)?.getStats();
    stats?.forEach((report: { id: string }) => reports.set(report.id, { ...report }));
    const outgoing = (kind: string) =>
      [...reports.values()].find((one) => one['type'] === 'outbound-rtp' && one['kind'] === kind);
    const [video, audio] = [outgoing('video'), outgoing('audio')];
    return {
      video: String(reports.get(String(video?.['codecId']))?.['mimeType'] ?? ''),
      bytesPerSoundPacket: Number(audio?.['bytesSent']) / Number(audio?.['packetsSent']),
    };
  });
}
