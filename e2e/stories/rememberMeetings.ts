import type { Seat } from './takeSeat.ts';
import texts from '../../extension/locales/en.json' with { type: 'json' };

/** Begins to note every partner whom a panel announces; the answer lists them so far, in order. */
export async function rememberMeetings({ place }: Seat): Promise<() => Promise<string[]>> {
  const [before = '', after = ''] = texts.call.meet.split('{name}');
  const notes = await place.evaluateHandle(
    ([start, end]) => {
      const met: string[] = [];
      let present: string | null = null;
      const look = () => {
        const words = document.querySelector('h1')?.textContent?.trim() ?? '';
        const meets = words.startsWith(start) && words.endsWith(end) && words !== '';
        const name = meets ? words.slice(start.length, words.length - end.length) : null;
        if (name !== null && name !== present) met.push(name);
        present = name;
      };
      new MutationObserver(look).observe(document, {
        subtree: true,
        childList: true,
        characterData: true,
      });
      look();
      return met;
    },
    [before, after] as const,
  );
  return () => notes.jsonValue();
}
