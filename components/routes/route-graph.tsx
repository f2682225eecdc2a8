"use client";

import "@xyflow/react/dist/style.css";
import {
  Controls,
  type Edge,
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  type ReactFlowInstance,
  useReactFlow,
} from "@xyflow/react";
import { Send } from "lucide-react";
import { useTranslations } from "next-intl";
import { type CSSProperties, useEffect, useMemo, useRef } from "react";
import { useInjectedMatchers } from "../editor/injected-matchers";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { type Graph, graphOf, MOST_IN_GRAPH } from "./graph-layout";
import type { RouteRow } from "./route-edits";
import { RouteForm } from "./route-form";

type RouteNode = Node<
  { name: string; words: string; continues: boolean; chosen: boolean; select: () => void },
  "route"
>;
type ReceiverNode = Node<{ name: string }, "receiver">;

/** The library's own colours know light and dark only by a class; ours follow the page. */
const COLOURS = {
  "--xy-edge-stroke": "var(--line-field)",
  "--xy-edge-label-background-color": "var(--bg-panel)",
  "--xy-controls-button-background-color": "var(--bg-panel)",
  "--xy-controls-button-background-color-hover": "var(--bg-hover)",
  "--xy-controls-button-color": "var(--ink)",
  "--xy-controls-button-color-hover": "var(--ink)",
  "--xy-controls-button-border-color": "var(--line)",
} as CSSProperties;
const LABEL = { fill: "var(--ink)", fontSize: 11, fontFamily: "var(--font-mono)" };
const LABEL_BOX = { fill: "var(--bg-panel)" };
const LABEL_PADDING: [number, number] = [4, 2];
const INHERITED = { strokeDasharray: "3 4" };
const FIT = { padding: 0.1, maxZoom: 1 };
const TYPES = { route: RouteBox, receiver: ReceiverBox };
const LONGEST_LABEL = 30;

export type RouteGraphProps = {
  rows: readonly RouteRow[];
  selected: string;
  select: (id: string | null) => void;
};

/** Routes and receivers as a picture; a press on a route opens its form below. */
export function RouteGraph({ rows, selected, select }: RouteGraphProps) {
  const t = useTranslations("routes");
  // Of a small tree all is there, whichever route is selected.
  const branch = rows.length > MOST_IN_GRAPH ? selected : "";
  const graph = useMemo(() => graphOf(rows, branch), [rows, branch]);
  const flow = useRef<ReactFlowInstance<RouteNode | ReceiverNode> | null>(null);
  const fitted = useRef(branch);
  useEffect(() => {
    if (fitted.current === branch) return;
    fitted.current = branch;
    // The new boxes have a size one frame later.
    const frame = requestAnimationFrame(() => void flow.current?.fitView(FIT));
    return () => cancelAnimationFrame(frame);
  }, [branch]);
  const { nodes, edges } = useDrawn(graph, selected, select);
  const row = rows.find(({ route }) => route.id === selected);
  return (
    <>
      {graph.shown < rows.length ? (
        <p className="text-muted">{t("graphPart", { shown: graph.shown, count: rows.length })}</p>
      ) : null}
      <Card className="overflow-clip">
        <section className="h-[max(380px,60dvh)]" aria-label={t("graph")}>
          <ReactFlow
            nodes={nodes}
            edges={edges}
            nodeTypes={TYPES}
            onInit={(instance) => {
              flow.current = instance;
            }}
            style={COLOURS}
            fitView
            fitViewOptions={FIT}
            minZoom={0.05}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            proOptions={{ hideAttribution: true }}
            ariaLabelConfig={{
              "controls.ariaLabel": t("graphControls"),
              "controls.zoomIn.ariaLabel": t("zoomIn"),
              "controls.zoomOut.ariaLabel": t("zoomOut"),
              "controls.fitView.ariaLabel": t("fitView"),
            }}
          >
            <Controls showInteractive={false} fitViewOptions={FIT} />
          </ReactFlow>
        </section>
        {row ? <RouteForm row={row} /> : null}
      </Card>
    </>
  );
}

function useDrawn(graph: Graph, selected: string, select: (id: string | null) => void) {
  const t = useTranslations("routes");
  const injected = useInjectedMatchers();
  return useMemo(() => {
    const rootWords = injected.map(({ text }) => text).join(", ") || t("everyAlert");
    const nodes = graph.nodes.map((node): RouteNode | ReceiverNode => {
      const { id, x, y } = node;
      const place = { id, position: { x, y } };
      if (node.kind === "receiver") return { ...place, type: "receiver", data: { name: node.receiver } };
      const { number, route } = node.row;
      const words = graph.edges.find(({ target }) => target === id)?.label ?? "";
      const data = {
        name: number === "" ? t("root") : number,
        words: words || (number === "" ? rootWords : t("anyAlert")),
        continues: route.continue === true,
        chosen: id === selected,
        select: () => select(id === selected ? null : id),
      };
      return { ...place, type: "route", data };
    });
    const edges = graph.edges.map(({ id, source, target, label, inherited }): Edge => {
      const text = label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label;
      return {
        id,
        source,
        target,
        ...(text && { label: text, labelStyle: LABEL, labelBgStyle: LABEL_BOX, labelBgPadding: LABEL_PADDING }),
        ...(inherited && { style: INHERITED }),
      };
    });
    return { nodes, edges };
  }, [graph, selected, select, injected, t]);
}

const BOX = "flex h-9 w-32 items-center gap-1.5 rounded-md border px-2.5 text-12 nopan";

function RouteBox({ data, positionAbsoluteX: x, positionAbsoluteY: y }: NodeProps<RouteNode>) {
  const flow = useReactFlow();
  const { name, words, continues, chosen, select } = data;
  return (
    <>
      <Handle type="target" position={Position.Left} className="invisible" />
      <button
        type="button"
        title={words}
        aria-label={`${name}: ${words}`}
        aria-pressed={chosen}
        onClick={select}
        onFocus={(event) => {
          if (event.target.matches(":focus-visible")) void flow.setCenter(x + 64, y + 18, { zoom: flow.getZoom() });
        }}
        className={cn(
          BOX,
          "bg-panel font-mono text-text hover:bg-hover",
          chosen ? "border-accent bg-accent-soft" : "border-line-field",
        )}
      >
        {name}
        {continues ? <span className="ml-auto text-muted">↓</span> : null}
      </button>
      <Handle type="source" position={Position.Right} className="invisible" />
    </>
  );
}

function ReceiverBox({ data: { name } }: NodeProps<ReceiverNode>) {
  return (
    <>
      <Handle type="target" position={Position.Left} className="invisible" />
      <div className={cn(BOX, "w-48 border-line-strong bg-sunken font-medium text-text")} title={name}>
        <Send className="size-3.5 shrink-0 text-muted" aria-hidden />
        <span className="min-w-0 truncate">{name}</span>
      </div>
    </>
  );
}
