import { MatDialogConfig } from '@angular/material/dialog';

/** How the dialogs of the host page are shown. */
export function dialogConfig<Data>(data: Data): MatDialogConfig<Data> {
  const config = new MatDialogConfig<Data>();
  config.data = data;
  config.width = '480px';
  config.maxWidth = 'calc(100vw - 32px)';
  return config;
}
