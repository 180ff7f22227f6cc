import { browser } from 'wxt/browser';
import type { ContentScriptContext } from 'wxt/utils/content-script-context';
import { createShadowRootUi } from 'wxt/utils/content-script-ui/shadow-root';
import css from './launcher.css?inline';

/** What the launcher says. */
interface LauncherEvent {
  readonly title: string;
  readonly here: number;
}

export interface Launcher {
  /** Null takes it off the page. */
  show(event: LauncherEvent | null): void;
}

/** A small door at the page's edge, only on pages of a registered event; its keys stay its own. */
export async function createLauncher(
  ctx: ContentScriptContext,
  pressed: () => void,
): Promise<Launcher> {
  const open = button('open', pressed);
  const count = document.createElement('span');
  const door = document.createElement('span');
  door.className = 'door';
  open.append(door, count);
  let hidden = false;
  const hide = button('hide', () => {
    hidden = true;
    ui.remove();
  });
  hide.textContent = '×';
  hide.title = hide.ariaLabel = browser.i18n.getMessage('launcherHide');

  const ui = await createShadowRootUi(ctx, {
    name: 'foyer-launcher',
    position: 'inline',
    anchor: 'body',
    css,
    isolateEvents: true,
    onMount: (container) => {
      const launcher = document.createElement('div');
      launcher.className = 'launcher';
      launcher.append(hide, open);
      container.append(launcher);
    },
  });

  return {
    show: (event) => {
      if (event === null || hidden) return ui.remove();
      open.title = open.ariaLabel = labelOf(event);
      count.textContent = event.here > 0 ? String(event.here) : '';
      if (!ui.shadowHost.isConnected) ui.mount();
    },
  };
}

function button(className: string, press: () => void): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = className;
  element.addEventListener('click', press);
  return element;
}

function labelOf({ title, here }: LauncherEvent): string {
  return here > 0
    ? browser.i18n.getMessage('launcherHere', [title, String(here)])
    : browser.i18n.getMessage('launcherAlone', [title]);
}
