import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { toLayout, type SeriesLayout } from './layout';
import { SchemasRepository } from './schemas.repository';

/** Layouts kept in memory; those read longest ago are read again when needed. */
const KEPT = 5_000;

/** Gives every list of series one number and one object, however many hosts send it. */
@Injectable()
export class SchemasService {
  private readonly byHash = new Map<string, Promise<SeriesLayout>>();
  private readonly byNumber = new Map<number, SeriesLayout>();

  constructor(@Inject(SchemasRepository) private readonly repository: SchemasRepository) {}

  /** The layout of a checked list of series keys. */
  intern(keys: readonly string[]): Promise<SeriesLayout> {
    const hash = createHash('sha256').update(JSON.stringify(keys)).digest('base64url');
    const known = this.byHash.get(hash);
    if (known !== undefined) return known;
    const layout = this.store(hash, keys);
    this.byHash.set(hash, layout);
    // A failed write must not be remembered.
    layout.catch(() => this.byHash.delete(hash));
    this.trim(this.byHash);
    return layout;
  }

  /** The layout of a number found in the history. */
  async find(number: number): Promise<SeriesLayout> {
    const known = this.byNumber.get(number);
    if (known !== undefined) return known;
    const keys = await this.repository.find(number);
    if (keys === null)
      throw new Error(`the history refers to schema ${number}, which does not exist`);
    return this.remember(toLayout(number, keys));
  }

  private async store(hash: string, keys: readonly string[]): Promise<SeriesLayout> {
    return this.remember(toLayout(await this.repository.intern(hash, keys), keys));
  }

  private remember(layout: SeriesLayout): SeriesLayout {
    this.byNumber.set(layout.number, layout);
    this.trim(this.byNumber);
    return layout;
  }

  private trim(kept: Map<unknown, unknown>): void {
    if (kept.size <= KEPT) return;
    for (const oldest of kept.keys()) {
      kept.delete(oldest);
      return;
    }
  }
}
