/** Width of the panel, px; a page narrower than three of them is covered instead of squeezed. */
export const PANEL_WIDTH = 380;
const NARROWEST_PAGE = 2 * PANEL_WIDTH;

const ROOM_STYLE = `
  :root {
    width: calc(100vw - ${PANEL_WIDTH}px) !important;
    min-width: 0 !important;
    max-width: calc(100vw - ${PANEL_WIDTH}px) !important;
    margin-right: ${PANEL_WIDTH}px !important;
    overflow-x: hidden !important;
  }`;

/**
 * Moves the page aside, so that the panel stands beside the player and not on it; undone on the
 * signal. A constructed style sheet is not bound by the page's CSP and leaves no trace in its DOM.
 */
export function makeRoom(signal: AbortSignal): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@media (min-width: ${NARROWEST_PAGE}px) {${ROOM_STYLE}}`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  tellPage();
  signal.addEventListener('abort', () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    tellPage();
  });
}

/** Players measure the window only when they hear of a change. */
function tellPage(): void {
  window.dispatchEvent(new Event('resize'));
}
