import type { ContentScriptContext } from 'wxt/utils/content-script-context';
import { defineContentScript } from 'wxt/utils/define-content-script';
import { inviteOnPage } from '../host/inviteOnPage.ts';
import { createLauncher } from '../host/launcher.ts';
import { pageInfoNow } from '../host/pageInfoNow.ts';
import { createPanelHost, type PanelHost } from '../host/panelHost.ts';
import { onMessage, sendMessage } from '../messaging/messages.ts';
import { serverUrl } from '../storage/items.ts';

/** How old the number on the launcher may be while the page is looked at. */
const REFRESH_MS = 30_000;

export default defineContentScript({
  matches: ['http://*/*', 'https://*/*'],
  runAt: 'document_idle',
  async main(ctx) {
    const host = createPanelHost(ctx);
    answerPanel(ctx, host);
    const invite = inviteOnPage(new URL(location.href), await serverUrl.getValue());
    if (invite && (await sendMessage('inviteOpened', invite))) return;
    await watchPage(ctx, host);
  },
});

function answerPanel(ctx: ContentScriptContext, host: PanelHost): void {
  const stops = [
    onMessage('readPage', () => pageInfoNow()),
    onMessage('closePanel', () => host.close()),
    onMessage('togglePanel', () => {
      if (host.isOpen) void sendMessage('closeWanted', undefined);
      else host.open();
    }),
  ];
  ctx.onInvalidated(() => stops.forEach((stop) => stop()));
}

async function watchPage(ctx: ContentScriptContext, host: PanelHost): Promise<void> {
  const launcher = await createLauncher(ctx, () => host.open());
  let seen = '';
  const look = async (): Promise<void> => {
    const page = pageInfoNow();
    const advice = await sendMessage('pageSeen', { url: page.url });
    if (ctx.isInvalid || page.url !== location.href) return;
    launcher.show(advice.event);
    if (advice.openPanel) host.open();
  };
  const moved = (): void => {
    if (location.href === seen) return;
    seen = location.href;
    void look();
    if (host.isOpen) void sendMessage('pageChanged', pageInfoNow());
  };
  // The event comes before the navigation has happened, and also for one that is cancelled.
  ctx.addEventListener(window, 'wxt:locationchange', () => ctx.requestAnimationFrame(moved));
  ctx.setInterval(() => {
    if (document.visibilityState === 'visible') void look();
  }, REFRESH_MS);
  moved();
}
