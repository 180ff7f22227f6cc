interface InhabitedPart {
  readonly part: number;
  /** Those who are here, and those who are on their way. */
  readonly people: number;
}

interface ChoiceRules {
  /** Where this person was before, if anybody knows. */
  readonly lately: number | null;
  /** People in one part. */
  readonly most: number;
}

/**
 * A part that was full takes newcomers again below this share: else whoever opens the next part would
 * sit there alone for as long as somebody comes for each one who leaves.
 */
const ROOMY_SHARE = 0.95;

/**
 * Which part of an event somebody goes to: back to where they were, as long as anybody is there; else
 * to the fullest with room, so that people are not spread thin; else to a new one. Whether the old
 * part has room is its own to say: somebody's seat may still be kept there.
 */
export function choosePart(parts: readonly InhabitedPart[], { lately, most }: ChoiceRules): number {
  const inhabited = parts.filter(({ people }) => people > 0);
  if (lately !== null && inhabited.some(({ part }) => part === lately)) return lately;
  const below = (limit: number) => inhabited.filter(({ people }) => people < limit);
  const chosen = fullest(below(Math.floor(most * ROOMY_SHARE))) ?? fullest(below(most));
  return chosen?.part ?? firstUninhabited(inhabited);
}

/** The first of those that are equally full: the later ones may end. */
function fullest(parts: readonly InhabitedPart[]): InhabitedPart | undefined {
  return parts.toSorted((one, other) => other.people - one.people || one.part - other.part)[0];
}

function firstUninhabited(inhabited: readonly InhabitedPart[]): number {
  const taken = new Set(inhabited.map(({ part }) => part));
  let part = 1;
  while (taken.has(part)) part += 1;
  return part;
}
