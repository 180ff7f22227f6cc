import { createApp, type Component } from 'vue';
import '../../extension/assets/theme.css';
import { i18n } from '../../extension/locales/i18n.ts';
import web from '../locales/en.json';

/** Every page of the site starts the same way: one root component and the texts. */
export function startPage(root: Component): void {
  i18n.global.mergeLocaleMessage('en', web);
  createApp(root).use(i18n).mount('#app');
}
