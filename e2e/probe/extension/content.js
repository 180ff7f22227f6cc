/* global chrome, document */
chrome.runtime.onMessage.addListener(() => {
  const frame = document.createElement('iframe');
  const origin = `chrome-extension://${chrome.runtime.id}`;
  frame.allow = `camera ${origin}; microphone ${origin}`;
  frame.src = chrome.runtime.getURL('panel.html');
  document.body.append(frame);
});
