/** The two descriptions in force before a new offer: RTCPeerConnection's `current…Description`s. */
export interface CurrentDescriptions {
  readonly local: string;
  readonly remote: string;
}

type DtlsRole = 'active' | 'passive';

/**
 * Names this side's present DTLS role in an offer that follows earlier ones. Browsers write `actpass`
 * (RFC 8842 section 5.5 allows both); a Firefox that answers takes *active* then, whatever it was
 * before, and a Chromium that was *active* itself refuses the answer ("Failed to set SSL role").
 */
export function keepDtlsRole(offer: string, current: CurrentDescriptions): string {
  const role = presentRole(current);
  return role === null ? offer : offer.replaceAll(/^a=setup:actpass/gmu, `a=setup:${role}`);
}

/** Only an answer names a role; null before the first. */
function presentRole({ local, remote }: CurrentDescriptions): DtlsRole | null {
  const own = namedRole(local);
  if (own !== null) return own;
  const partner = namedRole(remote);
  if (partner === null) return null;
  return partner === 'active' ? 'passive' : 'active';
}

function namedRole(sdp: string): DtlsRole | null {
  const role = /^a=setup:(active|passive)/mu.exec(sdp)?.[1];
  return role === 'active' || role === 'passive' ? role : null;
}
