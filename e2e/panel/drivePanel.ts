import type { Frame, Locator, Page } from 'playwright-core';
import texts from '../../extension/locales/en.json' with { type: 'json' };

/** What a person does in the panel, found by what the person reads there. */
export interface PanelDriver {
  /** Types a name and goes on to camera and microphone. */
  giveName(name: string): Promise<void>;
  /** From the name to the lobby, with camera and microphone on. */
  enterLobby(name: string): Promise<void>;
  pressReady(): Promise<void>;
  press(button: string): Promise<void>;
  /** A sentence on the screen; it need not be there yet. */
  sentence(text: string): Locator;
  /** The partner's <video>; it need not be there yet. */
  partnerVideo(partnerName: string): Locator;
}

/** Drives the panel in a frame of a page, or in the window that replaces it. */
export function drivePanel(panel: Frame | Page): PanelDriver {
  const press = (name: string) => panel.getByRole('button', { name, exact: true }).click();
  const giveName = async (name: string) => {
    await panel.getByLabel(texts.nameForm.label, { exact: true }).fill(name);
    await press(texts.nameForm.submit);
  };
  return {
    giveName,
    enterLobby: async (name) => {
      await giveName(name);
      await press(texts.greenRoom.enter);
    },
    pressReady: () => press(texts.waitingRoom.ready),
    press,
    sentence: (text) => panel.getByText(text, { exact: true }),
    partnerVideo: (name) =>
      panel.getByLabel(withName(texts.call.partnerVideo, name), { exact: true }),
  };
}

/** A text of the panel with somebody's name in it. */
export function withName(text: string, name: string): string {
  return text.replaceAll('{name}', name);
}
