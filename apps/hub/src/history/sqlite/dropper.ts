/** Drops what is past its retention, in small steps. */
import type { Database } from '../../database/database';
import type { JournalIndex } from './journal-index';
import { startOf } from '../rollup';
import { RAW_WINDOW, type Tier } from '../tiers';

/** Rows dropped in one step: a few ms of the writer's time. */
const STEP_ROWS = 100;
/** Rows at the journal's beginning dropped in one step: whole pages are freed, none is rewritten. */
const STEP_SEALED = 5_000;
/** Free pages given back to the file system in one step. */
const STEP_PAGES = 200;

export class Dropper {
  constructor(
    private readonly database: Database,
    private readonly index: JournalIndex,
    private readonly retention: { readonly raw: number; readonly tiers: readonly Tier[] },
  ) {}

  /**
   * Before this time raw frames may be gone. Frames are dropped by whole windows of the finest tier, so that a block is never
   * computed from a part of its frames.
   */
  rawStart(now: number): number {
    const [finest] = this.retention.tiers;
    return startOf(now - this.retention.raw, finest?.window ?? RAW_WINDOW);
  }

  /** Drops some of what is due. Returns whether there may be more. */
  async drop(now: number): Promise<boolean> {
    const [finest] = this.retention.tiers;
    if (finest === undefined) return false;
    // What is not rolled up yet stays until it is.
    const chunks = await this.database.run(
      `DELETE FROM chunks WHERE id IN (
         SELECT id FROM chunks WHERE start < ? AND NOT EXISTS (
           SELECT 1 FROM stale_blocks AS stale WHERE stale.step = ? AND stale.host = chunks.host
             AND stale.start <= chunks.start AND stale.start + ? > chunks.start)
         LIMIT ${String(STEP_ROWS)})`,
      [this.rawStart(now), finest.step, finest.window],
    );
    let more = (await this.dropSealed()) || chunks === STEP_ROWS;
    for (const [level, tier] of this.retention.tiers.entries()) {
      const coarser = this.retention.tiers[level + 1];
      const blocks = await this.database.run(
        `DELETE FROM blocks WHERE id IN (
           SELECT id FROM blocks WHERE step = ? AND start < ? AND NOT EXISTS (
             SELECT 1 FROM stale_blocks AS stale WHERE stale.step = ? AND stale.host = blocks.host
               AND stale.start <= blocks.start AND stale.start + ? > blocks.start)
           LIMIT ${String(STEP_ROWS)})`,
        [
          tier.step,
          startOf(now - tier.retention, coarser?.window ?? tier.window),
          coarser?.step ?? 0,
          coarser?.window ?? 0,
        ],
      );
      more ||= blocks === STEP_ROWS;
    }
    await this.database.run('DELETE FROM set_aside WHERE received_at < ?', [
      now - this.retention.raw,
    ]);
    if (!more) await this.database.releasePages(STEP_PAGES);
    return more;
  }

  /** Drops some of the journal's rows that are all in chunks, from its beginning on. Returns whether there may be more. */
  private async dropSealed(): Promise<boolean> {
    let dropped = 0;
    await this.database.transaction(async (connection) => {
      // Only who holds the writer finds everything committed in the index: looked up before, frames committed meanwhile would be dropped.
      const lowest = this.index.lowestRow() ?? Number.MAX_SAFE_INTEGER;
      const { changes } = await connection.run(
        `DELETE FROM journal WHERE id IN (
           SELECT id FROM journal WHERE id < ? ORDER BY id LIMIT ${String(STEP_SEALED)})`,
        [lowest],
      );
      dropped = changes;
    });
    return dropped === STEP_SEALED;
  }

  /** Drops some of what is stored of a host that was removed. Returns whether there may be more. */
  async dropHost(host: number): Promise<boolean> {
    // The journal has no index by host: its rows are looked up by a reader, beside the writer.
    const rows = await this.database.historyReader.all<{ id: number }>(
      'SELECT id FROM journal WHERE host = ?',
      [host],
    );
    for (let first = 0; first < rows.length; first += STEP_SEALED) {
      const ids = rows.slice(first, first + STEP_SEALED).map(({ id }) => id);
      await this.database.run('DELETE FROM journal WHERE id IN (SELECT value FROM json_each(?))', [
        JSON.stringify(ids),
      ]);
    }
    let more = false;
    for (const table of ['chunks', 'blocks', 'set_aside'] as const) {
      const dropped = await this.database.run(
        `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE host = ? LIMIT ${String(STEP_ROWS)})`,
        [host],
      );
      more ||= dropped === STEP_ROWS;
    }
    if (!more) await this.database.run('DELETE FROM stale_blocks WHERE host = ?', [host]);
    return more;
  }
}
