/** Name of the Express setting that holds the configured public address. */
export const SETTING_PUBLIC_URL = 'hostdeck public url';
