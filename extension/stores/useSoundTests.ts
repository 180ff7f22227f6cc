import { ref, type Ref } from 'vue';
import type { MediaService } from './panelServices.ts';

type SoundTest = 'idle' | 'recording' | 'playing' | 'failed';

/** The tests of speaker and microphone; one at a time, because both make a sound. */
export function useSoundTests(media: Pick<MediaService, 'testSpeaker' | 'testMicrophone'>) {
  const speaker = ref<SoundTest>('idle');
  const microphone = ref<SoundTest>('idle');
  let running = new AbortController();

  function stop(): void {
    running.abort();
    speaker.value = 'idle';
    microphone.value = 'idle';
  }

  async function run(
    test: Ref<SoundTest>,
    first: SoundTest,
    work: (signal: AbortSignal) => Promise<boolean>,
  ): Promise<void> {
    stop();
    running = new AbortController();
    const { signal } = running;
    test.value = first;
    const worked = await work(signal);
    if (!signal.aborted) test.value = worked ? 'idle' : 'failed';
  }

  return {
    speaker,
    microphone,
    stop,
    testSpeaker: () => run(speaker, 'playing', (signal) => media.testSpeaker(signal)),
    testMicrophone: () =>
      run(microphone, 'recording', (signal) =>
        media.testMicrophone(signal, () => {
          if (!signal.aborted) microphone.value = 'playing';
        }),
      ),
  };
}
