import { useI18n } from 'vue-i18n';
import type en from './en.json';

type Leaves<T, Prefix extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Prefix}${K}` : Leaves<T[K], `${Prefix}${K}.`>;
}[keyof T & string];

/** Every text there is; a missing one does not compile. */
type TextKey = Leaves<typeof en>;

/** Texts in the person's language. `count` among the values chooses singular or plural. */
export function useTexts() {
  const { t, d } = useI18n();

  function text(key: TextKey, values: Record<string, string | number> = {}): string {
    const count = values['count'];
    return typeof count === 'number' ? t(key, values, count) : t(key, values);
  }

  /** A point in time of the server (ISO 8601) on the person's own clock. */
  function moment(timestamp: string): string {
    return d(new Date(timestamp), 'moment');
  }

  return { text, moment };
}
