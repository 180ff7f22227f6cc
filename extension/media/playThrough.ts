/**
 * Plays an element through a speaker until it ends or the signal comes; false where the browser
 * refuses to play. An unknown speaker is no reason for silence: the system's own plays then.
 */
export async function playThrough(
  audio: HTMLAudioElement,
  sinkId: string,
  signal: AbortSignal,
): Promise<boolean> {
  const over = new Promise<void>((resolve) => {
    for (const type of ['ended', 'pause', 'error'])
      audio.addEventListener(type, () => resolve(), { once: true });
  });
  signal.addEventListener('abort', () => audio.pause(), { once: true });
  try {
    if ('setSinkId' in audio) await audio.setSinkId(sinkId).catch(() => undefined);
    if (signal.aborted) return true;
    await audio.play();
  } catch {
    return false;
  }
  await over;
  return true;
}
