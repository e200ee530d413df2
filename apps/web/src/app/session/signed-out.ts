import { inject, Injectable, Injector } from '@angular/core';
import { Router } from '@angular/router';
import { Session } from './session';

/** What to do when the hub says that nobody is signed in any more. */
@Injectable({ providedIn: 'root' })
export class SignedOut {
  private readonly router = inject(Router);
  // The session asks the hub over HTTP, whose interceptor needs this class: it is looked up when needed.
  private readonly injector = inject(Injector);

  /** Goes to the sign-in page, which leads back to where the person was. */
  leave(): void {
    this.injector.get(Session).forget();
    const { url } = this.router;
    if (url.startsWith('/login')) return;
    void this.router.navigate(['/login'], {
      queryParams: url === '/' ? {} : { return: url },
    });
  }
}
