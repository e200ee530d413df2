/** What lies in the data folder. */

/** The database; SQLite keeps `-wal` and `-shm` beside it. */
export const DATABASE_FILE = 'hostdeck.sqlite';
/** Locked by the program that uses the folder. */
export const LOCK_FILE = 'hostdeck.lock';
/** The hub's private key. */
export const KEY_FILE = 'hub-key.pem';
/** The key that the secrets of notification channels are encrypted with, unless the configuration gives one. */
export const SECRET_KEY_FILE = 'secret-key';
