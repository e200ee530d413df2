import type { Texts } from '../language/texts';
import type { API_EN } from './api.texts';

export const API_DE: Texts<typeof API_EN> = {
  unreachable: 'Der Hub antwortet nicht. Läuft er, und ist dieses Gerät in seinem Netz?',
  refused: (status) =>
    `Der Hub hat das abgelehnt (Status ${status}). Bitte gleich noch einmal versuchen.`,
  broken:
    'Die Verbindung zum Hub ist abgebrochen. Bitte noch einmal versuchen; was der Hub hat, ist nicht verloren.',
};
