/**
 * Who may import whom (docs/SPEC.md, "Layers"). A zone says: files under `target` may import nothing
 * under `from` except what `except` names. Paths are relative to the repository's root.
 */
interface Zone {
  target: string;
  from: string;
  except?: string[];
  message: string;
}

/** Files under `target` see, inside `root`, only `allowed` (and their own folder). */
function sees(root: string, target: string, allowed: string[]): Zone {
  return {
    target: `./${root}/${target}`,
    from: `./${root}`,
    except: [`./${target}`, ...allowed.map((name) => `./${name}`)],
    message: `${root}/${target} may import only ${[target, ...allowed].join(', ')} of ${root}/.`,
  };
}

const outside = (target: string, ...roots: string[]): Zone[] =>
  roots.map((from) => ({
    target: `./${target}`,
    from: `./${from}`,
    message: `${target}/ does not know ${from}/.`,
  }));

export const LAYERS: Zone[] = [
  ...outside('shared', 'server', 'extension', 'web', 'e2e', 'bench'),
  ...outside('server', 'extension', 'web', 'e2e', 'bench'),
  ...outside('extension', 'server', 'web', 'e2e', 'bench'),
  ...outside('web', 'server', 'e2e', 'bench'),

  sees('server', 'domain', []),
  sees('server', 'ports', ['domain']),
  sees('server', 'runtime', ['domain', 'ports']),
  sees('server', 'transport', ['ports', 'runtime']),
  sees('server', 'http', ['ports', 'runtime']),
  sees('server', 'db', ['ports']),
  sees('server', 'cluster', ['ports']),
  sees('server', 'turn', ['ports']),
  sees('server', 'config', ['turn', 'runtime/trustedProxies.ts']),
  sees('server', 'operation', ['config', 'domain', 'ports']),

  sees('extension', 'call', []),
  // The fake beside the port serves the adapters' tests.
  sees('extension', 'net', ['call/ports.ts', 'call/rtcSample.ts', 'call/fakeTimers.ts']),
  sees('extension', 'media', [
    'call/ports.ts',
    'call/rtcSample.ts',
    'call/verdict.ts',
    'call/fakeTimers.ts',
  ]),
  sees('extension', 'storage', ['call/ports.ts']),
  sees('extension', 'page', []),
  sees('extension', 'messaging', ['page']),
  sees('extension', 'stores', [
    'call',
    'page',
    'media/mediaProblem.ts',
    'media/localMediaState.ts',
    'media/cameraEffect.ts',
    'media/speaker.ts',
    'media/systemOf.ts',
    'media/blur/blurState.ts',
  ]),
  sees('extension', 'components', [
    'stores',
    'call/sessionState.ts',
    'call/chat.ts',
    'call/callStatus.ts',
    'call/connectionPoint.ts',
    'call/connectionQuality.ts',
    'call/rtcSample.ts',
    'media/mediaProblem.ts',
    'media/localMediaState.ts',
    'media/systemOf.ts',
    'media/blur/blurState.ts',
    'locales',
    'assets',
    'composables',
  ]),
  {
    ...sees('web', '.', []),
    target: './web',
    from: './extension',
    except: ['./components', './assets', './locales'],
    message: 'web/ shares only components, assets and locales with extension/.',
  },
];

/** Decide here, do elsewhere: no clock, no chance, no browser, no process. */
export const PURE_PLACES = ['shared/**/*.ts', 'server/domain/**/*.ts', 'extension/call/**/*.ts'];
