/** Why there is no camera or microphone; each has its own card with the way out. */
export type MediaProblem =
  /** The person, or the browser's settings, said no. */
  | 'denied'
  /** The question was closed without an answer. */
  | 'dismissed'
  /** The page's Permissions-Policy forbids it in frames; a window of the extension may still ask. */
  | 'blockedByPage'
  /** The operating system keeps the browser from its devices. */
  | 'blockedBySystem'
  /** Another program holds the device. */
  | 'busy'
  /** There is no such device. */
  | 'missing'
  /** It was there during this visit; it is taken back by itself when it returns. */
  | 'unplugged'
  /** Anything else; the browser gave no usable reason. */
  | 'failed';

export type DeviceKind = 'camera' | 'microphone';
