import type { EventPlace } from '../../shared/eventKey/eventKey.ts';
import type { ApiClient } from '../../shared/protocol/apiClient.ts';
import type { RegisterRequest } from '../../shared/protocol/http.ts';
import { fail, ok } from '../../shared/result.ts';
import { serverApi } from '../net/serverApi.ts';
import { eventOnPage } from '../page/eventOnPage.ts';
import { aboutYou, displayName, serverUrl } from '../storage/items.ts';
import { groupsAt, saveGroup } from '../storage/savedGroups.ts';
import type { EventService, Group, PanelServices } from '../stores/panelServices.ts';
import { createBlur } from './createBlur.ts';
import { createMedia } from './createMedia.ts';
import { createPageService } from './createPageService.ts';
import { createSession } from './createSession.ts';
import type { PanelPlace } from './panelPlace.ts';
import { softwareInUse } from './softwareInUse.ts';

/** Puts the panel together: every adapter is made here, and stops on the signal. */
export async function createServices(
  place: PanelPlace,
  signal: AbortSignal,
): Promise<PanelServices> {
  const api = serverApi(await serverUrl.getValue());
  const page = createPageService(place, signal);
  const media = createMedia(() => page.last(), place);
  const blur = await createBlur((effect) => media.useEffect(effect));
  const session = createSession(api, media, signal);
  // After the session: what it says last must not be that the camera went off.
  signal.addEventListener('abort', () => media.close());
  return {
    page,
    media,
    blur,
    session,
    software: softwareInUse(),
    events: createEventService(api),
    name: {
      recall: () => displayName.getValue(),
      keep: (name) => displayName.setValue(name),
    },
    about: {
      recall: () => aboutYou.getValue(),
      keep: (about) => aboutYou.setValue(about),
    },
  };
}

function createEventService(api: ApiClient): EventService {
  return {
    serverAddress: () => serverUrl.getValue(),
    find: (url) => eventOnPage(url, api),
    groupsAt,
    register: (request) => api.register(request),
    createGroup: async (title, place) => {
      const answer = await api.register(groupRequest(title, place));
      if (!answer.ok) return answer;
      const { event, inviteToken, inviteUrl } = answer.value;
      if (inviteToken === null || inviteUrl === null)
        return fail({ reason: 'notFoyer', message: '' });
      const group: Group = { eventId: event.eventId, title: event.title, inviteToken, inviteUrl };
      await saveGroup({ ...group, key: place.key });
      return ok(group);
    },
  };
}

function groupRequest(title: string, place: EventPlace): RegisterRequest {
  return { title, addresses: [{ url: place.url }], visibility: 'unlisted' };
}
