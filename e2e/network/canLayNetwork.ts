/** Namespaces, NATs and their faults are the kernel's, and only root may make them. */
export function canLayNetwork(): boolean {
  const can = process.platform === 'linux' && process.getuid?.() === 0;
  if (!can)
    console.warn(
      'The stories over real networks are skipped: they make network namespaces, which only root on Linux may. Run them with: sudo npm test',
    );
  return can;
}
