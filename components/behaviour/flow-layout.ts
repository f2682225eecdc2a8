/** Alerts from an old receiver to a new one; `null` is nobody. */
type Flow = { from: string | null; to: string | null; alerts: number };

export type FlowKind = "unchanged" | "moved" | "gained" | "lost";

export type Ribbon = {
  kind: FlowKind;
  from: string | null;
  to: string | null;
  alerts: number;
  /** An area from the left edge (x = 0) to the right one (x = 100). */
  path: string;
};

export type FlowNode = { name: string | null; alerts: number; top: number; height: number };

export type FlowPicture = { left: FlowNode[]; right: FlowNode[]; ribbons: Ribbon[]; height: number };

/** More would be no picture; the table beside it has them all. */
export const MOST_RIBBONS = 14;
const SLOT = 40;
const BODY = 180;
const THINNEST = 2;

export function kindOf({ from, to }: Pick<Flow, "from" | "to">): FlowKind {
  if (from === to) return "unchanged";
  if (from === null) return "gained";
  return to === null ? "lost" : "moved";
}

/** Flows that change something, and what stays with the receivers at their ends. */
export function picturedFlows<F extends Flow>(flows: readonly F[]): F[] {
  const changed = flows.filter(({ from, to }) => from !== to);
  const touched = new Set(changed.flatMap(({ from, to }) => [from, to]));
  return [...changed, ...flows.filter(({ from, to }) => from === to && touched.has(from))];
}

/**
 * Places flows between two columns of receivers. Heights are in pixels and grow with the number of alerts, but nothing
 * is thinner than can be seen; each name has room for two lines of text.
 */
export function layFlows(flows: readonly Flow[]): FlowPicture {
  const changed = flows.filter(({ from, to }) => from !== to).slice(0, MOST_RIBBONS);
  const stays = flows.filter(({ from, to }) => from === to);
  const shown = picturedFlows([...stays, ...changed]);
  const total = shown.reduce((sum, { alerts }) => sum + alerts, 0);
  const thick = (alerts: number) => Math.max(THINNEST, (alerts / Math.max(1, total)) * BODY);
  const left = column(shown, "from", thick);
  // A receiver stands on the right about where it stands on the left, so that what stays is drawn straight.
  const places = new Map(left.map(({ name }, at) => [name, at]));
  const right = column(shown, "to", thick, (name) => places.get(name) ?? left.length);
  const height = Math.max(bottom(left), bottom(right));
  return { left, right, ribbons: ribbonsOf(shown, left, right, thick), height };
}

function column(
  flows: readonly Flow[],
  end: "from" | "to",
  thick: (alerts: number) => number,
  place: (name: string | null) => number = () => 0,
): FlowNode[] {
  const sums = new Map<string | null, { alerts: number; height: number }>();
  for (const flow of flows) {
    const sum = sums.get(flow[end]) ?? { alerts: 0, height: 0 };
    sums.set(flow[end], { alerts: sum.alerts + flow.alerts, height: sum.height + thick(flow.alerts) });
  }
  const names = [...sums].sort(
    ([one, { alerts: few }], [other, { alerts: many }]) =>
      // Nobody stands at the bottom.
      Number(one === null) - Number(other === null) || place(one) - place(other) || many - few,
  );
  let top = 0;
  return names.map(([name, { alerts, height }]) => {
    const slot = Math.max(SLOT, height + 8);
    const node = { name, alerts, top: top + (slot - height) / 2, height };
    top += slot;
    return node;
  });
}

function bottom(nodes: readonly FlowNode[]): number {
  return nodes.reduce((sum, { height }) => sum + Math.max(SLOT, height + 8), 0);
}

function ribbonsOf(
  flows: readonly Flow[],
  left: readonly FlowNode[],
  right: readonly FlowNode[],
  thick: (alerts: number) => number,
): Ribbon[] {
  const order = (nodes: readonly FlowNode[], name: string | null) => nodes.findIndex((node) => node.name === name);
  const used = { left: new Map<string | null, number>(), right: new Map<string | null, number>() };
  const take = (side: "left" | "right", nodes: readonly FlowNode[], name: string | null, height: number) => {
    const at = used[side].get(name) ?? nodes[order(nodes, name)]?.top ?? 0;
    used[side].set(name, at + height);
    return at;
  };
  // Taken in the order of the other side, ribbons of one receiver do not cross.
  const starts = new Map<Flow, number>();
  for (const flow of flows.toSorted((a, b) => order(right, a.to) - order(right, b.to))) {
    starts.set(flow, take("left", left, flow.from, thick(flow.alerts)));
  }
  const ribbons = flows
    .toSorted((a, b) => order(left, a.from) - order(left, b.from))
    .map((flow) => {
      const height = thick(flow.alerts);
      const [start, end] = [starts.get(flow) ?? 0, take("right", right, flow.to, height)];
      const path = `M0 ${px(start)}C50 ${px(start)} 50 ${px(end)} 100 ${px(end)}V${px(end + height)}C50 ${px(end + height)} 50 ${px(start + height)} 0 ${px(start + height)}Z`;
      return { ...flow, kind: kindOf(flow), path };
    });
  // What changes is drawn over what stays.
  return ribbons.sort((a, b) => Number(b.kind === "unchanged") - Number(a.kind === "unchanged"));
}

function px(value: number): string {
  return value.toFixed(1).replace(/\.0$/, "");
}
