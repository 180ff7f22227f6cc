import { applyRung } from '../../extension/net/sending/applyRung.ts';
import { RUNGS } from '../../extension/net/sending/rungs.ts';
import { readSendingSample } from '../../extension/net/sending/sendingSample.ts';

/** What the partner receives while one step of the ladder is sent. */
export interface ReceivedAtStep {
  readonly lines: number;
  /** Pictures and sound packets within a second. */
  readonly frames: number;
  readonly soundPackets: number;
}

declare global {
  /** Sends a step of the ladder until what arrives has that many lines, then counts for 2 s. */
  var receiveAtStep: (step: number) => Promise<ReceivedAtStep>;
}

const [sender, receiver] = [new RTCPeerConnection(), new RTCPeerConnection()];
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function connect(): Promise<void> {
  sender.onicecandidate = ({ candidate }) => candidate && receiver.addIceCandidate(candidate);
  receiver.onicecandidate = ({ candidate }) => candidate && sender.addIceCandidate(candidate);
  // A moving picture of 480 lines and a tone: no device is needed for either.
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: 640, height: 480 });
  const drawing = canvas.getContext('2d');
  setInterval(() => drawing?.fillRect(Math.random() * 640, Math.random() * 480, 20, 20), 33);
  const context = new AudioContext();
  const voice = context.createMediaStreamDestination();
  const tone = context.createOscillator();
  tone.connect(voice);
  tone.start();
  const stream = new MediaStream([
    ...canvas.captureStream(30).getTracks(),
    ...voice.stream.getTracks(),
  ]);
  for (const track of stream.getTracks()) sender.addTrack(track, stream);
  await sender.setLocalDescription();
  await receiver.setRemoteDescription(sender.localDescription!);
  await receiver.setLocalDescription();
  await sender.setRemoteDescription(receiver.localDescription!);
}

async function received() {
  const counted = { lines: 0, frames: 0, soundPackets: 0 };
  (await receiver.getStats()).forEach((report: Record<string, unknown>) => {
    if (report['type'] !== 'inbound-rtp') return;
    if (report['kind'] === 'audio') counted.soundPackets = Number(report['packetsReceived']);
    else {
      counted.lines = Number(report['frameHeight'] ?? 0);
      counted.frames = Number(report['framesDecoded'] ?? 0);
    }
  });
  return counted;
}

const connected = connect();

globalThis.receiveAtStep = async (step) => {
  await connected;
  const rung = RUNGS[step]!;
  const { sourceLines } = await readSendingSample(sender);
  await applyRung(sender, { rung, sourceLines, unbound: true });
  const wanted = Math.min(480, rung.video?.lines ?? 0);
  for (let look = 0; look < 100 && wanted > 0; look += 1) {
    if ((await received()).lines === wanted) break;
    await wait(100);
  }
  await wait(500);
  const before = await received();
  await wait(2_000);
  const after = await received();
  return {
    lines: after.lines,
    frames: (after.frames - before.frames) / 2,
    soundPackets: (after.soundPackets - before.soundPackets) / 2,
  };
};
