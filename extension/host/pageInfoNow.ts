import type { PageInfo } from '../page/pageInfo.ts';

/** Chromium's name for what the specification calls Permissions Policy; other browsers lack it. */
interface FeaturePolicy {
  allowsFeature(feature: string): boolean;
}

/** The page at this moment: addresses change without a load. */
export function pageInfoNow(): PageInfo {
  const { featurePolicy } = document as Document & { featurePolicy?: FeaturePolicy };
  return {
    url: location.href,
    title: document.title,
    cameraAllowed: featurePolicy?.allowsFeature('camera') ?? true,
    microphoneAllowed: featurePolicy?.allowsFeature('microphone') ?? true,
  };
}
