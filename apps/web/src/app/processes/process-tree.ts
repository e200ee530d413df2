import type { LiveProcess } from './process-book';
import {
  comparison,
  filterProcesses,
  keyed,
  type KeyedProcess,
  type PlacedProcess,
  type ProcessFilter,
  type ProcessOrder,
} from './process-order';

/** How a tree is asked for. */
export interface TreeQuestion {
  readonly filter: ProcessFilter;
  readonly order: ProcessOrder;
  /** Keys of processes whose children are not shown. */
  readonly closed: ReadonlySet<string>;
}

/** What most processes have for children. */
const NO_CHILDREN: Node[] = [];

/** A class, and no list of its own for the many leaves: a tree of ten thousand is built with every scan. */
class Node implements KeyedProcess {
  children = NO_CHILDREN;
  /** The one of it and all below it that comes first: a busy grandchild brings its family to the top. */
  foremost: KeyedProcess = this;

  constructor(
    readonly process: LiveProcess,
    readonly key: KeyedProcess['key'],
    readonly wanted: boolean,
  ) {}

  adopt(child: Node): void {
    if (this.children === NO_CHILDREN) this.children = [child];
    else this.children.push(child);
  }
}

/**
 * The processes below their parents. Of what is filtered out, those stay that something wanted is below. Children whose
 * parent is not there stand at the top, and so do those of a circle, which a scan that raced with a reused pid can make.
 */
export function treeProcesses(
  rows: readonly LiveProcess[],
  { filter, order, closed }: TreeQuestion,
): readonly PlacedProcess[] {
  const compare = comparison(order);
  const found = filterProcesses(rows, filter);
  const wanted = found === rows ? null : new Set(found);
  const nodes = new Map<number, Node>();
  for (const { process, key } of keyed(rows, order.column)) {
    nodes.set(process.pid, new Node(process, key, wanted?.has(process) ?? true));
  }
  const roots: Node[] = [];
  for (const node of nodes.values()) {
    const parent = parentOf(node, nodes);
    if (parent === undefined) roots.push(node);
    else parent.adopt(node);
  }

  // A circle hangs on no root: it is cut where its oldest member is.
  const reached = new Set<Node>();
  for (const root of roots) reach(root, reached);
  if (reached.size < nodes.size) {
    for (const node of nodes.values()) {
      if (reached.has(node)) continue;
      const parent = parentOf(node, nodes);
      if (parent !== undefined) parent.children = parent.children.filter((one) => one !== node);
      roots.push(node);
      reach(node, reached);
    }
  }

  const kept = roots.filter((root) => settle(root, compare));
  return place(kept, compare, closed);
}

function parentOf({ process }: Node, nodes: ReadonlyMap<number, Node>): Node | undefined {
  if (process.ppid === 0) return undefined;
  const parent = nodes.get(process.ppid);
  // What was started later only has the pid of a parent that is gone.
  return parent === undefined || parent.process.started > process.started ? undefined : parent;
}

function reach(root: Node, reached: Set<Node>): void {
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (reached.has(node)) continue;
    reached.add(node);
    for (const child of node.children) waiting.push(child);
  }
}

type Compare = (a: KeyedProcess, b: KeyedProcess) => number;

/** Leaves out branches without anything wanted and finds the foremost of each. @returns whether the branch stays */
function settle(root: Node, compare: Compare): boolean {
  // From the leaves up, without recursion: a chain of parents can be as long as the table.
  const downwards = [root];
  // The list grows while it is gone through.
  for (const node of downwards) {
    for (const child of node.children) downwards.push(child);
  }
  for (const node of downwards.reverse()) {
    if (node.children.length === 0) continue;
    node.children = node.children.filter(hasWanted);
    let best: KeyedProcess | null = node.wanted ? node : null;
    for (const { foremost } of node.children) {
      if (best === null || compare(foremost, best) < 0) best = foremost;
    }
    node.foremost = best ?? node;
  }
  return hasWanted(root);
}

/** Children have been settled before their parents, and only those with something wanted are left. */
function hasWanted({ wanted, children }: Node): boolean {
  return wanted || children.length > 0;
}

function place(
  roots: readonly Node[],
  compare: Compare,
  closed: ReadonlySet<string>,
): readonly PlacedProcess[] {
  // The last first: they are taken from the end.
  const inOrder = (nodes: readonly Node[]) =>
    [...nodes].sort((a, b) => compare(b.foremost, a.foremost));
  const placed: PlacedProcess[] = [];
  const waiting = inOrder(roots).map((node) => ({ node, depth: 0 }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, depth } = next;
    const { process, wanted, children } = node;
    const isClosed = closed.has(process.key);
    const branch = children.length === 0 ? 'none' : isClosed ? 'closed' : 'open';
    placed.push({ process, depth, branch, wanted });
    if (branch === 'open') {
      for (const child of inOrder(children)) waiting.push({ node: child, depth: depth + 1 });
    }
  }
  return placed;
}
