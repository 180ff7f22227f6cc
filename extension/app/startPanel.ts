import { createPinia } from 'pinia';
import { createApp, h, ref } from 'vue';
import { i18n } from '../locales/i18n.ts';
import { onMessage } from '../messaging/messages.ts';
import { PANEL_SERVICES } from '../stores/panelServices.ts';
import { createServices } from './createServices.ts';
import PanelApp from './PanelApp.vue';
import { panelPlace } from './panelPlace.ts';

/** Starts the panel; when its page goes away, camera, call and lobby go too. */
export async function startPanel(): Promise<void> {
  const ending = new AbortController();
  addEventListener('pagehide', () => ending.abort());
  const place = await panelPlace();
  const services = await createServices(place, ending.signal);
  const closeWanted = ref(0);
  onMessage('closeWanted', ({ sender }) => {
    if (sender.tab?.id === place.tabId && !place.inWindow) closeWanted.value += 1;
  });
  createApp({ render: () => h(PanelApp, { closeWanted: closeWanted.value }) })
    .use(createPinia())
    .use(i18n)
    .provide(PANEL_SERVICES, services)
    .mount('#app');
}
