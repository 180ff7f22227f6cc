import type { DeviceNotice, DeviceState } from '../../media/localMediaState.ts';
import type { DeviceKind, MediaProblem } from '../../media/mediaProblem.ts';
import { useTexts } from '../../locales/useTexts.ts';

/** What people should know of their devices, in sentences. */
export function useDeviceSentences() {
  const { text } = useTexts();

  /** Which device stands in for which, or what did not work; empty where all is as it was chosen. */
  function ofDevice(state: DeviceState): string {
    if (state.at !== 'open' || !state.notice) return '';
    const { notice } = state;
    const names = { wanted: notice.wanted, device: state.device.label };
    return notice.kind === 'standsIn'
      ? text(`devices.standsIn.${notice.because}`, names)
      : text(`devices.switchFailed.${why(notice.problem)}`, names);
  }

  /** The same, and that there is no device any more and nothing stands in for it. */
  function duringVisit(kind: DeviceKind, state: DeviceState): string {
    if (state.at !== 'failed') return ofDevice(state);
    return state.problem === 'unplugged'
      ? text(`devices.lost.${kind}`)
      : text(`devices.failed`, { what: text(`mediaProblem.${kind}.${state.problem}`) });
  }

  function ofSpeaker(notice: DeviceNotice | null): string {
    return notice ? text('devices.speakerGone', { wanted: notice.wanted }) : '';
  }

  return { ofDevice, duringVisit, ofSpeaker };
}

function why(problem: MediaProblem): 'busy' | 'missing' | 'failed' {
  if (problem === 'busy') return 'busy';
  return problem === 'missing' || problem === 'unplugged' ? 'missing' : 'failed';
}
