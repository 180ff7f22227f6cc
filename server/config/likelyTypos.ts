/** Names with these beginnings are ours; nobody sets them for another program. */
const OURS = /^(FOYER|TURN)_/;
/** Kubernetes sets these in every container for a service that is called `foyer` or `turn`. */
const SET_BY_KUBERNETES = /_(SERVICE_(HOST|PORT)|PORT)(_[A-Z0-9_]+)?$/;
/** Further away, a suggestion is a guess. */
const FARTHEST = 4;

/** A sentence for each variable that looks like ours and is none. */
export function likelyTypos(names: readonly string[], known: readonly string[]): readonly string[] {
  return names
    .filter((name) => OURS.test(name) && !known.includes(name) && !SET_BY_KUBERNETES.test(name))
    .map((name) => {
      const nearest = nearestOf(name, known);
      return nearest === null
        ? `${name} is no setting of Foyer. Remove it; --help lists them all.`
        : `${name} is no setting of Foyer. Did you mean ${nearest}?`;
    });
}

function nearestOf(name: string, known: readonly string[]): string | null {
  const [nearest] = known
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .filter(({ distance }) => distance <= FARTHEST)
    .toSorted((one, other) => one.distance - other.distance);
  return nearest?.candidate ?? null;
}

/** How many letters must be put in, taken out or changed (Wagner and Fischer, 1974). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [at, letter] of [...from].entries()) {
    const next = [at + 1];
    for (const [column, other] of [...to].entries()) {
      const changed = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
