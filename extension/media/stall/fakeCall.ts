import type { RtcSample } from '../../call/rtcSample.ts';

/** As Chromium sends them: a sound packet each 20 ms, a picture of three packets each 33 ms. */
const SOUND_MS = 20;
const PICTURE_MS = 33;
const PACKETS_A_PICTURE = 3;
const PACKET_BYTES = { sound: 90, picture: 1_000 };
/** A lost packet is asked for again within a round trip and the sender's pause. */
const RESENT_MS = 60;
/** The partner's feedback about the stream it receives, without any media of its own. */
const REPORT_MS = 250;

/**
 * The receiving side of a call, packet by packet, in time that a test lets pass. What is lost is
 * drawn with `chance`; a picture is decoded when all of its packets are there, and after an outage
 * only from the next key frame on.
 */
export class FakeCall {
  now = 0;
  /** Share of packets that do not arrive, 0–1. */
  loss = 0;
  network = true;
  /** The sender's camera track: `black` is a track that is switched off, `none` one that is gone. */
  camera: 'picture' | 'black' | 'none' = 'picture';
  sound = true;
  /** Pictures arrive that nobody can decode. */
  decodes = true;
  /** Whether the statistics tell when the last packet came (Chromium) or not. */
  tellsLastPacket = true;
  readonly #chance: () => number;
  #fault: { readonly at: number; readonly befall: () => void } | null = null;
  #bytes = 0;
  #lastPacketAt = 0;
  readonly #video = { packets: 0, bytes: 0, lost: 0, pictures: 0 };
  readonly #audio = { packets: 0, bytes: 0, lost: 0 };

  constructor(chance: () => number = () => 1) {
    this.#chance = chance;
  }

  /** Something that happens while time passes, whenever anybody looks. */
  after(ms: number, befall: () => void): void {
    this.#fault = { at: this.now + ms, befall };
  }

  pass(ms: number): void {
    for (let step = 0; step < ms; step += 1) {
      this.now += 1;
      this.#tick();
    }
  }

  #tick(): void {
    if (this.now === this.#fault?.at) this.#fault.befall();
    if (this.sound && this.now % SOUND_MS === 0 && this.#arrives(this.#audio)) {
      this.#take(this.#audio, PACKET_BYTES.sound);
    }
    // A track that is switched off still sends about 20 black pictures a second.
    const pictureMs = this.camera === 'black' ? 50 : PICTURE_MS;
    if (this.camera !== 'none' && this.now % pictureMs === 0) this.#picture();
    if (this.now % REPORT_MS === 0 && this.network) {
      this.#bytes += 60;
      this.#lastPacketAt = this.now;
    }
  }

  #picture(): void {
    let late = false;
    for (let packet = 0; packet < PACKETS_A_PICTURE; packet += 1) {
      const arrived = this.#arrives(this.#video);
      const again = !arrived && this.network && this.#chance() >= this.loss;
      late ||= !arrived && !again;
      if (arrived || again) this.#take(this.#video, PACKET_BYTES.picture, again ? RESENT_MS : 0);
    }
    if (!late && this.network && this.decodes) this.#video.pictures += 1;
  }

  #arrives(counters: { lost: number }): boolean {
    const arrives = this.network && this.#chance() >= this.loss;
    if (!arrives && this.network) counters.lost += 1;
    return arrives;
  }

  #take(counters: { packets: number; bytes: number }, bytes: number, laterMs = 0): void {
    counters.packets += 1;
    counters.bytes += bytes;
    this.#bytes += bytes;
    if (laterMs === 0) this.#lastPacketAt = this.now;
  }

  sample(): RtcSample {
    const { packets, bytes, lost, pictures } = this.#video;
    return {
      at: this.now,
      bytesReceived: this.#bytes,
      bytesSent: this.now * 50,
      lastPacketAt: this.tellsLastPacket ? this.#lastPacketAt : null,
      path: null,
      videoIn: {
        packets,
        bytes,
        packetsLost: lost,
        jitterMs: 4,
        codec: 'video/VP8',
        framesDecoded: pictures,
        keyFramesDecoded: 1,
        freezes: 0,
        frozenMs: 0,
        width: 640,
        height: 480,
      },
      audioIn: {
        packets: this.#audio.packets,
        bytes: this.#audio.bytes,
        packetsLost: this.#audio.lost,
        jitterMs: 4,
        codec: 'audio/opus',
      },
      videoOut: null,
      audioOut: null,
    };
  }
}
