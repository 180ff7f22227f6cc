/** `RTCSetParameterOptions` (WebRTC Extended Use Cases); not yet in TypeScript's own types. */
interface KeyFrameRequest {
  readonly encodingOptions: readonly { readonly keyFrame: boolean }[];
}
type SetParameters = (parameters: RTCRtpSendParameters, request: KeyFrameRequest) => Promise<void>;

/** The partner waits for a whole picture: the next one sent is one. Where browsers cannot, nothing. */
export function sendKeyframe(connection: RTCPeerConnection): void {
  const sender = connection.getSenders().find(({ track }) => track?.kind === 'video');
  if (!sender) return;
  const parameters = sender.getParameters();
  const encodingOptions = parameters.encodings.map(() => ({ keyFrame: true }));
  const setParameters = sender.setParameters.bind(sender) as SetParameters;
  // A browser that does not know the request takes the parameters as they are, or refuses them.
  setParameters(parameters, { encodingOptions }).catch(() => undefined);
}
