/**
 * The public key in the manifest keeps the extension's id the same on every machine and in every
 * browser profile (the id is the first 128 bits of the key's SHA-256, written a–p), so that a
 * server can name the extension's origin. Only the store's signature needs the private half.
 */
export const EXTENSION_PUBLIC_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsS4EOlu5iB3GLWKkAuEo7lQHWl8Gn5k11DvYQTXltDQdUVkKqPDGlOUyit3Ju92GClmwi52G6t6A+WLPrOjFZP5FM8B23MWyuubeME1mVPUjUI2ufmVFBczD+5XdqMGC8GK/85pSh5g5tll6roTbHqgVclFELbn2VFKN3NICqf2/d5/DFGuNqdXUg38irqL671vtD7eu8PAERADcPxia/K2s6lQgCyqOAfQifOIAt78AXBd25CI+AImeLer/vujZamgyL7cquhozUMYC7w2EbCITHLjT/hjI6Jd9asbN82QhxFu0gxIMjewmNoNdA6NeKX2ZM1UaCGfsLzmWhJKV0wIDAQAB';

export const EXTENSION_ID = 'dmigcbmpnakmlplckcbipcmgpfmbmmbd';
