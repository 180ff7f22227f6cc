import type { Frame, Page } from 'playwright-core';

/**
 * When a sentence shows up in a page, by the machine's clock (ms since 1970). The page watches
 * itself, so that the answer does not hang on when somebody looks; start this before the cause.
 */
export function whenShown(place: Frame | Page, sentence: string): Promise<number> {
  return place.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const isThere = () => {
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (texts.nextNode() !== null)
            if (texts.currentNode.nodeValue?.trim() === wanted) return true;
          return false;
        };
        const watcher = new MutationObserver(() => look());
        const look = () => {
          if (!isThere()) return;
          watcher.disconnect();
          resolve(Date.now());
        };
        watcher.observe(document, { subtree: true, childList: true, characterData: true });
        look();
      }),
    sentence,
  );
}
