/** Where the other programs are that the hub hands out. */
export interface ProgramFolders {
  /** The built web app, with `index.html`. */
  readonly web: string;
  /** The agent, with `main.js`. */
  readonly agent: string;
}

/** Injection token of the folders. */
export const PROGRAM_FOLDERS = Symbol('program folders');
