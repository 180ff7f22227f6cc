import type { Rung } from './rungs.ts';

/** The newest preference is Chromium's; TypeScript does not know it yet. */
type Parameters = Omit<RTCRtpSendParameters, 'degradationPreference'> & {
  degradationPreference?: RTCDegradationPreference | 'maintain-framerate-and-resolution';
};

export interface RungToApply {
  readonly rung: Rung;
  /** Length of the camera picture's shorter side, px; null while unknown, and then it is not scaled. */
  readonly sourceLines: number | null;
  /**
   * Lifts what the browser itself has lowered in worse times: it climbs in small steps, 20 s from
   * 320×240 to 640×480. While this is set the browser lowers nothing by itself.
   */
  readonly unbound: boolean;
}

/**
 * Sets what a connection's senders send; without negotiation. A sender that cannot be set (stopped, or
 * a browser that lacks one of the parameters) goes on as it is.
 */
export async function applyRung(connection: RTCPeerConnection, apply: RungToApply): Promise<void> {
  await Promise.all(
    connection.getSenders().map(async (sender) => {
      const kind = sender.track?.kind;
      if (kind === 'video') await setVideo(sender, apply);
      if (kind === 'audio') await setAudio(sender, apply.rung);
    }),
  );
}

async function setVideo(sender: RTCRtpSender, { rung, sourceLines, unbound }: RungToApply) {
  const preference = unbound ? 'maintain-framerate-and-resolution' : 'maintain-framerate';
  const set = (withPreference: boolean) =>
    change(sender, (parameters, encoding) => {
      if (withPreference) parameters.degradationPreference = preference;
      encoding.priority = 'low';
      encoding.active = rung.video !== null;
      if (rung.video === null) return;
      encoding.maxBitrate = rung.video.maxBitrate;
      encoding.maxFramerate = rung.video.framesPerSecond;
      encoding.scaleResolutionDownBy = Math.max(1, (sourceLines ?? 0) / rung.video.lines);
    });
  // A browser that does not know the preference refuses the whole of it.
  if (!(await set(true))) await set(false);
}

async function setAudio(sender: RTCRtpSender, { audioBitrate }: Rung) {
  await change(sender, (_parameters, encoding) => {
    encoding.priority = 'high';
    encoding.maxBitrate = audioBitrate;
  });
}

/** Whether the sender took it. */
async function change(
  sender: RTCRtpSender,
  edit: (parameters: Parameters, encoding: RTCRtpEncodingParameters) => void,
): Promise<boolean> {
  const parameters: Parameters = sender.getParameters();
  const encoding = parameters.encodings[0];
  if (encoding === undefined) return false;
  edit(parameters, encoding);
  return sender.setParameters(parameters as RTCRtpSendParameters).then(
    () => true,
    () => false,
  );
}
