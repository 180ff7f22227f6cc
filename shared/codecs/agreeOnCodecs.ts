import { assertNever } from '../assertNever.ts';
import {
  VIDEO_CODECS,
  type Capabilities,
  type CodecPlan,
  type VideoCodec,
} from './capabilities.ts';

/** Encoding VP9 or AV1 in software beside a stream and a blurred background wants this many. */
const CORES_TO_SPARE = 8;

/** The picture that the same bits buy, best first. */
const BY_EFFICIENCY: readonly VideoCodec[] = ['AV1', 'VP9', 'H264', 'VP8'];
/** In software: VP8 costs least, and no H264 encoder of a browser is better at that. */
const IN_SOFTWARE: readonly VideoCodec[] = ['VP8', 'H264'];

/**
 * The codecs for a conversation of two, best first, and the same whichever of the two is asked
 * about first. A codec counts only when each can send it and the other can receive it.
 */
export function agreeOnCodecs(one: Capabilities, other: Capabilities): CodecPlan {
  const sides = [one, other];
  const common = VIDEO_CODECS.filter((codec) =>
    sides.every(({ video }) => video[codec].send && video[codec].receive),
  );
  const first = BY_EFFICIENCY.filter(
    (codec) => common.includes(codec) && isWorthwhile(codec, sides),
  );
  const then = IN_SOFTWARE.filter((codec) => common.includes(codec) && !first.includes(codec));
  const video = [...first, ...then];
  return {
    // What costs too much is still better than no picture, cheapest first.
    video:
      video.length > 0 ? video : BY_EFFICIENCY.filter((codec) => common.includes(codec)).reverse(),
    redundantAudio: sides.every(({ redundantAudio }) => redundantAudio),
  };
}

/** Better than VP8 in software, for both together. */
function isWorthwhile(codec: VideoCodec, sides: readonly Capabilities[]): boolean {
  const inHardware = sides.filter(({ video }) => video[codec].hardware);
  switch (codec) {
    case 'AV1':
    case 'VP9':
      return sides.every((side) => side.video[codec].hardware || hasPowerToSpare(side));
    case 'H264':
      // In software it costs the other no more than VP8 would, so one battery is reason enough.
      return (
        inHardware.length === sides.length || inHardware.some(({ power }) => power === 'battery')
      );
    case 'VP8':
      return inHardware.length === sides.length;
    default:
      return assertNever(codec);
  }
}

function hasPowerToSpare({ cores, power }: Capabilities): boolean {
  return cores !== null && cores >= CORES_TO_SPARE && power === 'mains';
}
