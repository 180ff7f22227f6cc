/** A service without which nobody new can be taken in. */
export interface ReadinessCheck {
  readonly part: 'database' | 'directory';
  /** Settles soon, and never throws. */
  works(): Promise<boolean>;
}
