import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useTexts } from '../locales/useTexts.ts';
import { useSessionStore } from '../stores/sessionStore.ts';

/** Long enough to read it, to say hello, and to come back to it; ms. */
const SHOWN_MS = 20_000;

/** More of them nobody remembers. */
const MOST = 3;

/** What the two of a call both like to talk about, in a sentence, while they begin. */
export function useTopic() {
  const session = useSessionStore();
  const { text } = useTexts();
  const { locale } = useI18n();

  const isBeginning = computed(() => {
    const seat = session.inCall;
    if (seat?.at === 'connecting') return true;
    if (seat?.at !== 'live' || seat.moreTime === 'added') return false;
    const spoken = seat.match.callMs - (seat.endsAt - session.now);
    return spoken < SHOWN_MS;
  });
  return computed(() => {
    const topics = session.inCall?.match.topics ?? [];
    if (!isBeginning.value || topics.length === 0) return '';
    const list = new Intl.ListFormat(locale.value).format(topics.slice(0, MOST));
    return text('call.topic', { topics: list });
  });
}
