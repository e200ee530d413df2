import type { FleetHost } from '../fleet/fleet-store';
import { severityRank } from '../fleet/severity';
import type { NamedPage } from './pages';

/** Something the command palette leads to. */
export interface Command {
  /** Unique among the commands. */
  readonly key: string;
  readonly name: string;
  /** Tags of a host. */
  readonly detail: string;
  readonly path: string;
  /** `null` for a page. */
  readonly host: FleetHost | null;
}

/** Commands offered at once: more than anybody reads. */
const MOST = 50;

/** The pages and hosts whose name or tags hold every word that was typed; hosts whose name begins with it come first, then the worst. */
export function findCommands(
  typed: string,
  { pages, hosts }: { readonly pages: readonly NamedPage[]; readonly hosts: Iterable<FleetHost> },
): readonly Command[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  const named = pages
    .filter(({ name }) => fits(name))
    .map(({ name, path }): Command => ({
      key: path,
      name,
      detail: '',
      path,
      host: null,
    }));
  const first = words[0] ?? '';
  const begins = ({ card }: FleetHost) => Number(card.name.toLowerCase().startsWith(first));
  const found = [...hosts]
    .filter(({ card }) => fits(`${card.name} ${card.tags.join(' ')}`))
    .sort(
      (a, b) =>
        begins(b) - begins(a) ||
        severityRank(b.severity) - severityRank(a.severity) ||
        (a.card.name < b.card.name ? -1 : 1),
    )
    .slice(0, MOST)
    .map((host): Command => ({
      key: host.card.id,
      name: host.card.name,
      detail: host.card.tags.join(' · '),
      path: `/hosts/${host.card.id}`,
      host,
    }));
  return [...named, ...found];
}
