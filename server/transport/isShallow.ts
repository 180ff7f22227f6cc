/** Whether parsed JSON has at most so many levels; looks no deeper than that. */
export function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  return Object.values(value).every((inside) => isShallow(inside, levels - 1));
}
