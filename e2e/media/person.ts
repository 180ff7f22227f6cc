/** Somebody in front of a fake camera and microphone, recognisable by people and by programs. */
export interface Person {
  readonly name: string;
  /** Drawn large on the picture. */
  readonly initial: 'A' | 'B' | 'C' | 'D';
  /** 0–255, in the picture's code strip. */
  readonly code: number;
  /** Fundamental of the microphone's sound, Hz. */
  readonly toneHz: number;
  readonly colour: readonly [red: number, green: number, blue: number];
}
