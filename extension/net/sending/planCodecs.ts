import type { CodecPlan } from '../../../shared/codecs/capabilities.ts';

/** Everything that belongs to one codec of a media section, in the words of RFC 8866. */
const RTPMAP = /^a=rtpmap:(\d+) ([^/\r\n]+)/gmu;
const RTX_FOR = /^a=fmtp:(\d+) (?:.*;)?apt=(\d+)/gmu;
const OPUS_OPTIONS = { useinbandfec: '1', usedtx: '0', stereo: '0', 'sprop-stereo': '0' } as const;

/**
 * Puts the plan's codecs first in an offer or an answer. Whoever reads it sends by that order, and
 * later descriptions of the connection keep it. What the plan does not name goes to the end: a plan
 * made of guesses must not leave two without a picture.
 *
 * Opus is asked for with its own repair of lost packets, in mono, and with packets in silence too:
 * their absence is how a stall is seen.
 */
export function planCodecs(sdp: string, plan: CodecPlan): string {
  return sdp
    .split(/(?=^m=)/mu)
    .map((section) => {
      if (section.startsWith('m=video')) return inOrder(section, plan.video);
      if (!section.startsWith('m=audio')) return section;
      return withOpusOptions(inOrder(section, plan.redundantAudio ? ['red', 'opus'] : ['opus']));
    })
    .join('');
}

function inOrder(section: string, names: readonly string[]): string {
  const nameOf = codecNames(section);
  const rankOf = (payload: string) => {
    const rank = names.indexOf(nameOf.get(payload) ?? '');
    return rank === -1 ? names.length : rank;
  };
  return section.replace(/^(m=\S+ \S+ \S+) (.*)$/mu, (_line, start: string, list: string) => {
    // Sorting is stable: profiles of one codec stay in the browser's own order.
    const payloads = list.trim().split(' ');
    return [start, ...payloads.toSorted((one, other) => rankOf(one) - rankOf(other))].join(' ');
  });
}

/** Payload type → codec; a retransmission counts as the codec it repeats. */
function codecNames(section: string): Map<string, string> {
  const names = new Map<string, string>();
  for (const [, payload, name] of section.matchAll(RTPMAP))
    if (payload !== undefined && name !== undefined) names.set(payload, name);
  for (const [, payload, repeated] of section.matchAll(RTX_FOR)) {
    const name = names.get(repeated ?? '');
    if (payload !== undefined && name !== undefined) names.set(payload, name);
  }
  return names;
}

function withOpusOptions(section: string): string {
  const opus = [...codecNames(section)].find(([, name]) => name.toLowerCase() === 'opus');
  if (opus === undefined) return section;
  const options = new RegExp(`^(a=fmtp:${opus[0]}) (.*)$`, 'mu');
  return section.replace(options, (_line, start: string, given: string) =>
    [start, opusOptions(given)].join(' '),
  );
}

function opusOptions(given: string): string {
  const options = new Map<string, string>();
  for (const option of given.split(';')) {
    const [name = '', value = ''] = option.trim().split('=');
    if (name !== '') options.set(name, value);
  }
  for (const [name, value] of Object.entries(OPUS_OPTIONS))
    // What is off where nothing is said need not be said.
    if (value !== '0' || options.has(name)) options.set(name, value);
  return [...options].map(([name, value]) => `${name}=${value}`).join(';');
}
