import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { useServices } from './useServices.ts';

/** Background blur, as components see it. */
export const useBlurStore = defineStore('blur', () => {
  const { blur } = useServices();
  const view = shallowRef(blur.view);
  blur.watch((next) => (view.value = next));

  const on = computed({
    get: () => view.value.wish.on,
    set: (wanted) => blur.wishFor({ ...view.value.wish, on: wanted }),
  });
  const strength = computed({
    get: () => view.value.wish.strength,
    set: (wanted) => blur.wishFor({ ...view.value.wish, strength: wanted }),
  });
  const trouble = computed(() => {
    const { at } = view.value.state;
    return on.value && (at === 'tooSlow' || at === 'failed') ? at : null;
  });

  return {
    isPossible: blur.isPossible,
    on,
    strength,
    state: computed(() => view.value.state),
    isPlain: computed(() => view.value.isPlain),
    trouble,
    usePlain: () => blur.usePlainBackground(),
    tryAgain: () => blur.tryAgain(),
  };
});
