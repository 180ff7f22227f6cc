import { createI18n } from 'vue-i18n';
import en from './en.json';
import organizer from './organizer.en.json';

/**
 * The texts of panel, options page and organizer's pages. The messages are interpreted, never
 * compiled to functions, because extension pages forbid `new Function`.
 */
export const i18n = createI18n({
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  messages: { en: { ...en, ...organizer } },
  datetimeFormats: {
    en: {
      moment: {
        weekday: 'short',
        hour: '2-digit',
        minute: '2-digit',
        day: 'numeric',
        month: 'short',
      },
    },
  },
});
