import {
  afterRenderEffect,
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  ElementRef,
  inject,
  linkedSignal,
  signal,
} from '@angular/core';
import { MatDialogRef } from '@angular/material/dialog';
import { Router } from '@angular/router';
import { FleetStore } from '../fleet/fleet-store';
import { Icon } from '../icons/icon';
import { Session } from '../session/session';
import { StatusDot } from '../status/status-dot';
import { STATUS_WORDS } from '../status/status.texts';
import { type Command, findCommands } from './commands';
import { pagesFor } from './pages';
import { SHELL_TEXTS } from './shell.texts';

const TEXTS = SHELL_TEXTS.palette;

/** Goes to any host or page by a few letters of its name. A combobox with its list, as WAI-ARIA describes them. */
@Component({
  selector: 'hd-command-palette',
  imports: [Icon, StatusDot],
  templateUrl: './command-palette.html',
  styleUrl: './command-palette.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class CommandPalette {
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly store = inject(FleetStore);
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly dialog = inject<MatDialogRef<CommandPalette>>(MatDialogRef);

  protected readonly texts = TEXTS;
  protected readonly words = STATUS_WORDS;
  protected readonly typed = signal('');
  protected readonly commands = computed(() =>
    findCommands(this.typed(), {
      pages: pagesFor(this.session.me()?.role ?? 'viewer'),
      hosts: this.store.hosts()?.values() ?? [],
    }),
  );
  /** Position of the command that Enter chooses; the first one whenever something else is typed. */
  protected readonly active = linkedSignal({ source: this.typed, computation: () => 0 });
  protected readonly activeKey = computed(() => this.commands()[this.active()]?.key ?? null);

  constructor() {
    // Hosts are known also where no page follows them.
    inject(DestroyRef).onDestroy(this.store.follow());
    afterRenderEffect(() => {
      const position = this.active();
      const options = [...this.element.nativeElement.querySelectorAll('[role=option]')];
      options[position]?.scrollIntoView({ block: 'nearest' });
    });
  }

  protected keyPressed(event: KeyboardEvent): void {
    const count = this.commands().length;
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined && count > 0) {
      event.preventDefault();
      this.active.update((position) => (position + step + count) % count);
    }
    const chosen = this.commands()[this.active()];
    if (event.key === 'Enter' && chosen !== undefined) {
      event.preventDefault();
      this.choose(chosen);
    }
  }

  protected choose({ path }: Command): void {
    this.dialog.close();
    void this.router.navigateByUrl(path);
  }
}
