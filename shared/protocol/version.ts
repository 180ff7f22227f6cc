/** Raised when an older client could misread a newer server, or the other way round. */
export const PROTOCOL_VERSION = 4;
