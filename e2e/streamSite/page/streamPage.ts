/**
 * The script of a stream's page: a player that plays once somebody pressed Play, navigation without
 * loading, and a list of every key that reached the page. Everything observable is in the document.
 */
const PICTURE = { width: 640, height: 360, perSecond: 8 };

function find<T extends Element>(selector: string, type: new () => T): T {
  const element = document.querySelector(selector);
  if (!(element instanceof type)) throw new Error(`The page has no ${selector}.`);
  return element;
}

/** The talk: a slide with a moving bar, and a quiet hum. */
function startTalk(player: HTMLVideoElement): void {
  const canvas = document.createElement('canvas');
  canvas.width = PICTURE.width;
  canvas.height = PICTURE.height;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser draws no pictures.');
  let picture = 0;
  const draw = () => {
    drawSlide(context, picture);
    picture += 1;
  };
  draw();
  setInterval(draw, 1_000 / PICTURE.perSecond);
  const sound = new AudioContext();
  const hum = new OscillatorNode(sound, { frequency: 110 });
  const quiet = new GainNode(sound, { gain: 0.05 });
  const output = sound.createMediaStreamDestination();
  hum.connect(quiet).connect(output);
  hum.start();
  const pictures = canvas.captureStream(PICTURE.perSecond);
  player.srcObject = new MediaStream([...pictures.getTracks(), ...output.stream.getTracks()]);
}

function drawSlide(context: CanvasRenderingContext2D, picture: number): void {
  const { width, height } = PICTURE;
  context.fillStyle = '#13203a';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#f4f1e8';
  context.font = '600 40px sans-serif';
  context.fillText('Building for the hallway', 48, 120);
  context.font = '24px sans-serif';
  context.fillText('A talk that somebody watches alone', 48, 170);
  context.fillStyle = '#e0a83c';
  context.fillRect(48, 250, ((picture * 8) % (width - 96)) + 8, 14);
}

function showAddress(): void {
  find('#address', HTMLOutputElement).value = location.href;
}

function navigateTo(address: string): void {
  history.pushState(null, '', address);
  showAddress();
}

const player = find('#player', HTMLVideoElement);
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
