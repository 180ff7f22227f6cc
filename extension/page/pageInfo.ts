/** What the panel knows of the page that it stands beside. The address never leaves the browser. */
export interface PageInfo {
  readonly url: string;
  readonly title: string;
  /** Whether the page's Permissions-Policy lets the panel's frame ask for the device. */
  readonly cameraAllowed: boolean;
  readonly microphoneAllowed: boolean;
}
