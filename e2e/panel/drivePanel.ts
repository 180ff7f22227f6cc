import type { Frame, Locator, Page } from 'playwright-core';
import texts from '../../extension/locales/en.json' with { type: 'json' };

/** What a person does in the panel, found by what the person reads there. */
export interface PanelDriver {
  /** From the name to the lobby, with camera and microphone on. */
  enterLobby(name: string): Promise<void>;
  pressReady(): Promise<void>;
  /** The partner's <video>; it need not be there yet. */
  partnerVideo(partnerName: string): Locator;
}

/** Drives the panel in a frame of a page, or in the window that replaces it. */
export function drivePanel(panel: Frame | Page): PanelDriver {
  const press = (name: string) => panel.getByRole('button', { name, exact: true }).click();
  return {
    enterLobby: async (name) => {
      await panel.getByLabel(texts.nameForm.label, { exact: true }).fill(name);
      await press(texts.nameForm.submit);
      await press(texts.greenRoom.enter);
    },
    pressReady: () => press(texts.waitingRoom.ready),
    partnerVideo: (name) =>
      panel.getByLabel(texts.call.partnerVideo.replace('{name}', name), { exact: true }),
  };
}
