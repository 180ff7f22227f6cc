import { LIMITS } from '../../shared/protocol/limits.ts';

export interface ChatLine {
  readonly from: 'me' | 'partner';
  readonly text: string;
}

/** The conversation with one more line; of a flood only the end is kept. */
export function withLine(chat: readonly ChatLine[], line: ChatLine): readonly ChatLine[] {
  return [...chat, line].slice(-LIMITS.chatLines);
}
