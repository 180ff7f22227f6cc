import type { Frame, Page } from 'playwright-core';

/**
 * Watches for a sentence from now on; the answer is when it was first there, by the machine's clock
 * (ms since 1970). The page watches itself, so that the time does not hang on when somebody looks.
 */
export async function whenShown(
  place: Frame | Page,
  sentence: string,
): Promise<() => Promise<number>> {
  const watch = await place.evaluateHandle((wanted) => {
    const isThere = () => {
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (texts.nextNode() !== null)
        if (texts.currentNode.nodeValue?.trim() === wanted) return true;
      return false;
    };
    const shown = new Promise<number>((resolve) => {
      const look = () => {
        if (!isThere()) return;
        watcher.disconnect();
        resolve(Date.now());
      };
      const watcher = new MutationObserver(look);
      watcher.observe(document, { subtree: true, childList: true, characterData: true });
      look();
    });
    return { shown };
  }, sentence);
  return () => watch.evaluate(({ shown }) => shown);
}
