import { inject } from 'vue';
import { PANEL_SERVICES, type PanelServices } from './panelServices.ts';

/** The services of the app that the store belongs to. */
export function useServices(): PanelServices {
  const services = inject(PANEL_SERVICES);
  if (!services) throw new Error('The composition root provides the panel services.');
  return services;
}
