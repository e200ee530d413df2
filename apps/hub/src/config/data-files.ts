/** What lies in the data folder. */

/** The database; SQLite keeps `-wal` and `-shm` beside it. */
export const DATABASE_FILE = 'hostdeck.sqlite';
/** Locked by the program that uses the folder. */
export const LOCK_FILE = 'hostdeck.lock';
/** The hub's private key. */
export const KEY_FILE = 'hub-key.pem';
