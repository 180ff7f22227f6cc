/** An init script: this machine has hardware that encodes one codec, as the browser would tell. */
export function claimHardware(codec: string): void {
  const { mediaCapabilities } = navigator;
  const ask = mediaCapabilities.encodingInfo.bind(mediaCapabilities);
  mediaCapabilities.encodingInfo = async (configuration) => ({
    ...(await ask(configuration)),
    powerEfficient: configuration.video?.contentType === `video/${codec}`,
  });
}
