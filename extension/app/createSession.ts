import type { ApiClient } from '../../shared/protocol/apiClient.ts';
import { fail } from '../../shared/result.ts';
import { Session } from '../call/session.ts';
import { isInCall, type SessionState } from '../call/sessionState.ts';
import { AudioChime } from '../media/chime.ts';
import { watchForStalls } from '../media/stall/monitor.ts';
import type { DeviceState } from '../media/localMediaState.ts';
import { BrowserTimers } from '../net/browserTimers.ts';
import { WebSocketLobbyLink } from '../net/lobbyLink.ts';
import { PeerJsLink, type PeerPlace } from '../net/peerLink.ts';
import { ownRelayRule } from '../net/relayOnly/ownRelayRule.ts';
import { governSending } from '../net/sending/governSending.ts';
import { StoredBlocks } from '../storage/storedBlocks.ts';
import { deviceToken } from '../storage/deviceToken.ts';
import { forgetGroup } from '../storage/savedGroups.ts';
import type { Lobby, Newcomer, SessionService } from '../stores/panelServices.ts';
import type { OwnMediaService } from './createMedia.ts';
import { ownWishes } from './ownWishes.ts';

/** Who goes where; set before the first way in. */
interface Aim extends Newcomer {
  readonly lobby: Lobby;
}

/** Before the first join nobody is called. */
const NOWHERE: PeerPlace = {
  brokerUrl: '',
  relayOnly: false,
};

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
  let place: PeerPlace = NOWHERE;
  let stateChanged: (state: SessionState) => void = () => undefined;
  let remoteStreamChanged: (stream: MediaStream | null) => void = () => undefined;
  let sampled: Parameters<SessionService['watchSamples']>[0] = () => undefined;
  const own = ownWishes(signal);
  const blocks = new StoredBlocks();
  const wishes = () => ({ ...own(), ...(aim?.traits && { traits: aim.traits }) });
  const links: { lobby?: WebSocketLobbyLink; peer?: PeerJsLink } = {};

  const session = new Session(
    {
      timers,
      chime: new AudioChime(() => media.speakerId()),
      wishes,
      blocks,
      lobbyLink: (listener) =>
        (links.lobby = new WebSocketLobbyLink({
          join: () => join(api, aim, blocks),
          joined: (answer) => (place = answer),
          timers,
          listener,
          chance: Math.random,
        })),
      peerLink: (listener) =>
        (links.peer = new PeerJsLink({
          place: () => place,
          addressPrivacy: () => wishes().addressPrivacy,
          localStream: () => media.stream,
          began: (connection, _match, ending) => {
            const tell = (held: boolean) => links.peer?.send({ type: 'pictureHeld', held });
            governSending(connection, timers, tell, ending);
          },
          flows: ({ matchId }, ending) =>
            watchForStalls(
              {
                timers,
                sample: async () => (await links.peer?.sample()) ?? null,
                partnerReport: () => partnerMediaOf(session.state),
                sampled: (sample) => sampled(matchId, sample),
                judged: (verdict) => session.handle({ type: 'judged', matchId, verdict }),
              },
              ending,
            ),
          remoteStreamChanged: (stream) => remoteStreamChanged(stream),
          timers,
          listener,
        })),
    },
    (state) => stateChanged(state),
    signal,
  );
  media.also((devices) => session.handle({ type: 'ownMediaChanged', media: sentOf(devices) }));
  media.trackChanged((track) => links.peer?.replaceTrack(track));
  addEventListener('online', () => links.lobby?.retryNow(), { signal });

  return {
    aim: (lobby, person) => (aim = { lobby, ...person }),
    handle: (event) => session.handle(event),
    retryNow: () => links.lobby?.retryNow(),
    watch: (changed, streamChanged) => {
      stateChanged = changed;
      remoteStreamChanged = streamChanged;
    },
    watchSamples: (heard) => (sampled = heard),
    meetsNobody: () =>
      ownRelayRule(wishes().addressPrivacy, hasRelay(session.state), place) === 'notPossible',
    now: () => timers.now(),
  };
}

async function join(api: ApiClient, aim: Aim | null, blocks: StoredBlocks) {
  if (aim === null) return fail({ reason: 'badRequest', message: '' } as const);
  const { eventId, inviteToken } = aim.lobby;
  await blocks.open(eventId);
  const answer = await api.join(eventId, {
    displayName: aim.displayName,
    deviceToken: await deviceToken(),
    ...(inviteToken === undefined ? {} : { inviteToken }),
  });
  if (!answer.ok && GONE.has(answer.error.reason)) await forgetGroup(eventId);
  return answer;
}

function hasRelay(state: SessionState): boolean {
  return state.phase === 'inside' && state.relayAvailable;
}

function partnerMediaOf(state: SessionState) {
  return state.phase === 'inside' && isInCall(state.seat) ? state.seat.partnerMedia : null;
}

function sentOf({ camera, microphone }: Record<'camera' | 'microphone', DeviceState>) {
  return { camera: isOn(camera), microphone: isOn(microphone) };
}

function isOn(device: DeviceState): boolean {
  return device.at === 'open' && device.on;
}
