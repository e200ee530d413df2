import { DOCUMENT, inject, InjectionToken } from '@angular/core';

/** A file that is being written. */
export interface FileTarget {
  write: (chunk: Uint8Array<ArrayBuffer>) => Promise<void>;
  /** All is written: the file is there. */
  close: () => Promise<void>;
  /** Not all could be written: there is no file. */
  abort: () => Promise<void>;
}

/** Asks where to save a file of this name. @returns `null` when the person changed their mind */
export type OpenFile = (name: string) => Promise<FileTarget | null>;

/** Where exports go: to a file as they come, where the browser can write one, else by way of its memory to its downloads. */
export const OPEN_FILE = new InjectionToken<OpenFile>('file of an export', {
  providedIn: 'root',
  factory: () => {
    const document = inject(DOCUMENT);
    const view = document.defaultView;
    return (name) =>
      view !== null && canPick(view)
        ? pickFile(view, name)
        : Promise.resolve(download(document, name));
  },
});

/** What of the File System Access API is used; TypeScript does not know it yet. */
interface FilePicker {
  showSaveFilePicker: (options: {
    readonly suggestedName: string;
  }) => Promise<FileSystemFileHandle>;
}

function canPick(view: object): view is FilePicker {
  return 'showSaveFilePicker' in view;
}

async function pickFile(view: FilePicker, name: string): Promise<FileTarget | null> {
  try {
    const handle = await view.showSaveFilePicker({ suggestedName: name });
    const file = await handle.createWritable();
    return {
      write: (chunk) => file.write(chunk),
      close: () => file.close(),
      // What was written so far is thrown away with the temporary file.
      abort: () => file.abort(),
    };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    throw error;
  }
}

function download(document: Document, name: string): FileTarget {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  return {
    write: (chunk) => {
      chunks.push(chunk);
      return Promise.resolve();
    },
    close: () => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob(chunks));
      link.download = name;
      link.click();
      // The browser has begun to save it; the address is needed no more when this turn is over.
      setTimeout(() => URL.revokeObjectURL(link.href));
      return Promise.resolve();
    },
    abort: () => {
      chunks.length = 0;
      return Promise.resolve();
    },
  };
}
