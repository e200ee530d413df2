import type { Texts } from '../language/texts';
import type { THRESHOLDS_EN } from './thresholds.texts';

export const THRESHOLDS_DE: Texts<typeof THRESHOLDS_EN> = {
  list: (chart) => `${chart}: Schwellenwerte`,
  sides: { above: (value) => `über ${value}`, below: (value) => `unter ${value}` },
  shareOf: (value, share) => `${value} (${share})`,
  name: (rule, instance) => `${rule} (${instance})`,
  clear: (value) => `wieder gut bei ${value}`,
  for: (time) => `für ${time}`,
  own: 'Ausnahme für diesen Host',
  beyond: 'außerhalb des Diagramms',
  fires: 'löst aus',
};
