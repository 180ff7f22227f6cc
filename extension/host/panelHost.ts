import { browser } from 'wxt/browser';
import type { ContentScriptContext } from 'wxt/utils/content-script-context';
import { createIframeUi } from 'wxt/utils/content-script-ui/iframe';
import { makeRoom, PANEL_WIDTH } from './pageRoom.ts';

export interface PanelHost {
  readonly isOpen: boolean;
  open(): void;
  close(): void;
}

/** Above everything that a page can put in its way, short of fullscreen and dialogs. */
const FRONT = '2147483647';
const DEVICES = ['camera', 'microphone', 'speaker-selection', 'autoplay', 'clipboard-write'];

/** The panel's frame beside the page. Taking it away ends everything that runs inside. */
export function createPanelHost(ctx: ContentScriptContext): PanelHost {
  let room: AbortController | null = null;
  // The frame's address is a dynamic one that the page cannot guess; its origin is not.
  const origin = `chrome-extension://${browser.runtime.id}`;
  const ui = createIframeUi(ctx, {
    page: '/panel.html',
    position: 'inline',
    anchor: 'html',
    append: 'last',
    onBeforeMount: (wrapper, frame) => {
      wrapper.style.cssText = 'all: initial; position: fixed; inset: 0 0 0 auto;';
      wrapper.style.zIndex = FRONT;
      frame.style.cssText = `display: block; border: 0; height: 100%; width: ${PANEL_WIDTH}px; max-width: 100vw; color-scheme: normal;`;
      frame.title = 'Foyer';
      frame.allow = DEVICES.map((name) => `${name} ${origin}`).join('; ');
    },
  });
  ctx.onInvalidated(() => room?.abort());
  return {
    get isOpen() {
      return room !== null;
    },
    open: () => {
      if (room) return;
      room = new AbortController();
      makeRoom(room.signal);
      ui.mount();
    },
    close: () => {
      room?.abort();
      room = null;
      ui.remove();
    },
  };
}
