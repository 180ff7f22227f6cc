/** Spoken by most who watch talks; one's own is added where it is another. */
const COMMON = [
  'ar',
  'de',
  'en',
  'es',
  'fr',
  'hi',
  'id',
  'it',
  'ja',
  'ko',
  'nl',
  'pl',
  'pt',
  'ru',
  'tr',
  'uk',
  'zh',
];

export interface LanguageChoice {
  /** Primary subtag of BCP 47. */
  readonly tag: string;
  readonly name: string;
}

/** `de-AT` → `de`; null where a browser says something else. */
export function primarySubtag(locale: string): string | null {
  return /^[a-z]{2,3}(?=-|$)/.exec(locale.toLowerCase())?.[0] ?? null;
}

/**
 * The languages to choose from, by their names in the language of the panel.
 *
 * @param own those of the browser and those chosen before
 */
export function languageChoices(own: readonly string[], panelLocale: string): LanguageChoice[] {
  const names = new Intl.DisplayNames([panelLocale], { type: 'language' });
  return [...new Set([...COMMON, ...own])]
    .map((tag) => ({ tag, name: names.of(tag) ?? tag }))
    .sort((one, other) => one.name.localeCompare(other.name, panelLocale));
}
