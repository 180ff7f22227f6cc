import type { ApiClient } from '../../shared/protocol/apiClient.ts';
import type { JoinAnswer } from '../../shared/protocol/http.ts';
import { fail } from '../../shared/result.ts';
import { Session } from '../call/session.ts';
import type { SessionState } from '../call/sessionState.ts';
import { AudioChime } from '../media/chime.ts';
import type { DeviceState } from '../media/localMediaState.ts';
import { BrowserTimers } from '../net/browserTimers.ts';
import { WebSocketLobbyLink } from '../net/lobbyLink.ts';
import { PeerJsLink } from '../net/peerLink.ts';
import { deviceToken } from '../storage/deviceToken.ts';
import { forgetGroup } from '../storage/savedGroups.ts';
import type { Lobby, SessionService } from '../stores/panelServices.ts';
import type { OwnMediaService } from './createMedia.ts';

/** Who goes where; set before the first way in. */
interface Aim {
  readonly lobby: Lobby;
  readonly displayName: string;
}

/** A group that answers so will not come back; an event that does was never saved. */
const GONE: ReadonlySet<string> = new Set(['notFound', 'unauthorized']);

/** The session with its real links; leaves the lobby on the signal. */
export function createSession(
  api: ApiClient,
  media: OwnMediaService,
  signal: AbortSignal,
): SessionService {
  const timers = new BrowserTimers();
  let aim: Aim | null = null;
  let place: Pick<JoinAnswer, 'brokerUrl' | 'iceServers'> = { brokerUrl: '', iceServers: [] };
  let stateChanged: (state: SessionState) => void = () => undefined;
  let remoteStreamChanged: (stream: MediaStream | null) => void = () => undefined;
  const links: { lobby?: WebSocketLobbyLink; peer?: PeerJsLink } = {};

  const session = new Session(
    {
      timers,
      chime: new AudioChime(),
      lobbyLink: (listener) =>
        (links.lobby = new WebSocketLobbyLink({
          join: () => join(api, aim),
          joined: (answer) => (place = answer),
          timers,
          listener,
          chance: Math.random,
        })),
      peerLink: (listener) =>
        (links.peer = new PeerJsLink({
          place: () => place,
          localStream: () => media.stream,
          remoteStreamChanged: (stream) => remoteStreamChanged(stream),
          timers,
          listener,
        })),
    },
    (state) => stateChanged(state),
    signal,
  );
  media.also(({ camera, microphone }) =>
    session.handle({
      type: 'ownMediaChanged',
      media: { camera: isOn(camera), microphone: isOn(microphone) },
    }),
  );
  media.trackChanged((track) => links.peer?.replaceTrack(track));
  addEventListener('online', () => links.lobby?.retryNow(), { signal });

  return {
    aim: (lobby, displayName) => (aim = { lobby, displayName }),
    handle: (event) => session.handle(event),
    retryNow: () => links.lobby?.retryNow(),
    watch: (changed, streamChanged) => {
      stateChanged = changed;
      remoteStreamChanged = streamChanged;
    },
    now: () => timers.now(),
  };
}

async function join(api: ApiClient, aim: Aim | null) {
  if (aim === null) return fail({ reason: 'badRequest', message: '' } as const);
  const { eventId, inviteToken } = aim.lobby;
  const answer = await api.join(eventId, {
    displayName: aim.displayName,
    deviceToken: await deviceToken(),
    ...(inviteToken === undefined ? {} : { inviteToken }),
  });
  if (!answer.ok && GONE.has(answer.error.reason)) await forgetGroup(eventId);
  return answer;
}

function isOn(device: DeviceState): boolean {
  return device.at === 'open' && device.on;
}
