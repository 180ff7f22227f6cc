import { readPicture } from '../../media/readPicture.ts';

/** A picture of the partner as it was shown; times are of the machine's clock, ms since 1970. */
interface ShownPicture {
  readonly at: number;
  /** Whose camera it was; null where the picture cannot be read. */
  readonly personCode: number | null;
  readonly timeCode: number | null;
}

/** A sentence that came to the screen or went from it. */
interface ScreenNote {
  readonly at: number;
  readonly text: string;
  readonly shown: boolean;
}

export interface CallRecord {
  readonly pictures: ShownPicture[];
  readonly words: ScreenNote[];
}

declare global {
  var callRecord: CallRecord | undefined;
  /** Begins to record what a person sees in this page; a second time does nothing. */
  var recordCall: (partnerVideoLabel: string) => void;
}

/** Small, because every picture is read, and large enough to read. */
const SIZE = { width: 160, height: 120 };
const canvas = new OffscreenCanvas(SIZE.width, SIZE.height);
const context = canvas.getContext('2d', { willReadFrequently: true });

globalThis.recordCall = (label) => {
  if (globalThis.callRecord !== undefined) return;
  const record: CallRecord = { pictures: [], words: [] };
  globalThis.callRecord = record;
  const watched = new WeakSet<HTMLVideoElement>();
  let before = sentences();

  const look = () => {
    const now = sentences();
    const at = Date.now();
    for (const text of now) if (!before.has(text)) record.words.push({ at, text, shown: true });
    for (const text of before) if (!now.has(text)) record.words.push({ at, text, shown: false });
    before = now;
    const video = document.querySelector(`video[aria-label="${CSS.escape(label)}"]`);
    if (!(video instanceof HTMLVideoElement) || watched.has(video)) return;
    watched.add(video);
    recordPictures(video, record.pictures);
  };
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
  });
  look();
};

function recordPictures(video: HTMLVideoElement, pictures: ShownPicture[]): void {
  const next = () => {
    pictures.push({ at: Date.now(), ...contentOf(video) });
    video.requestVideoFrameCallback(next);
  };
  video.requestVideoFrameCallback(next);
}

function contentOf(video: HTMLVideoElement): Pick<ShownPicture, 'personCode' | 'timeCode'> {
  if (context === null) throw new Error('This page has no 2D canvas.');
  context.drawImage(video, 0, 0, SIZE.width, SIZE.height);
  const { data } = context.getImageData(0, 0, SIZE.width, SIZE.height);
  const content = readPicture({ ...SIZE, data });
  return content.ok ? content.value : { personCode: null, timeCode: null };
}

/** What stands on the screen, without what counts: clocks and numbers of people. */
function sentences(): ReadonlySet<string> {
  const found = new Set<string>();
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (nodes.nextNode() !== null) {
    const text = nodes.currentNode.nodeValue?.trim() ?? '';
    const counts = /\d/.test(text);
    if (text !== '' && !counts && nodes.currentNode.parentElement?.checkVisibility())
      found.add(text);
  }
  return found;
}
