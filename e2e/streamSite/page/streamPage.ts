import { TALK_PICTURE, drawTalk } from './drawTalk.ts';

/**
 * The script of a stream's page: a player that plays once somebody pressed Play, navigation without
 * loading, and a list of every key that reached the page. Everything observable is in the document.
 */
function find<T extends Element>(selector: string, type: new () => T): T {
  const element = document.querySelector(selector);
  if (!(element instanceof type)) throw new Error(`The page has no ${selector}.`);
  return element;
}

/** The talk: its picture, and a quiet hum. */
function startTalk(player: HTMLVideoElement): void {
  const sound = new AudioContext();
  const hum = new OscillatorNode(sound, { frequency: 110 });
  const quiet = new GainNode(sound, { gain: 0.05 });
  const output = sound.createMediaStreamDestination();
  hum.connect(quiet).connect(output);
  hum.start();
  player.srcObject = new MediaStream([...showTalk().getTracks(), ...output.stream.getTracks()]);
}

function showTalk(): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.width = TALK_PICTURE.width;
  canvas.height = TALK_PICTURE.height;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser draws no pictures.');
  let picture = 0;
  const draw = () => {
    drawTalk(context, picture);
    picture += 1;
  };
  draw();
  setInterval(draw, 1_000 / TALK_PICTURE.perSecond);
  return canvas.captureStream(TALK_PICTURE.perSecond);
}

function showAddress(): void {
  find('#address', HTMLOutputElement).value = location.href;
}

function navigateTo(address: string): void {
  history.pushState(null, '', address);
  showAddress();
}

const player = find('#player', HTMLVideoElement);
player.addEventListener('play', () => find('#stage', HTMLElement).classList.add('playing'));
find('#play', HTMLButtonElement).addEventListener('click', () => {
  if (player.srcObject === null) startTalk(player);
  void player.play();
});
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-navigate]')) {
  button.addEventListener('click', () => navigateTo(button.dataset['navigate'] ?? '/'));
}
const keys = find('#keys', HTMLOutputElement);
window.addEventListener('keydown', ({ key }) => (keys.value += `${key} `), { capture: true });
window.addEventListener('popstate', showAddress);
showAddress();
