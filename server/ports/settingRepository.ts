/** What an installation remembers of itself: secrets that it made, never anything of people. */
export interface SettingRepository {
  /** The value of this name; `make` gives it the first time, and of several at once one is kept. */
  keep(name: string, make: () => string): Promise<string>;
  /**
   * Replaces a value by what `next` makes of it, one change at a time, whatever node asks. Answers
   * the new value.
   */
  change(name: string, next: (value: string | null) => string): Promise<string>;
}
