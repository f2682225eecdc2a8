"use client";

import { useFormatter, useTranslations } from "next-intl";
import { cn } from "../ui/cn";
import type { FlowKind, FlowNode, FlowPicture as Picture, Ribbon } from "./flow-layout";

export const FLOW_FILLS: Record<FlowKind, { fill: string; swatch: string }> = {
  unchanged: { fill: "fill-line-strong", swatch: "bg-line-strong" },
  moved: { fill: "fill-accent-line", swatch: "bg-accent-line" },
  gained: { fill: "fill-success-line", swatch: "bg-success-line" },
  lost: { fill: "fill-critical/50", swatch: "bg-critical/50" },
};
const KINDS: readonly FlowKind[] = ["unchanged", "moved", "gained", "lost"];

export const sameFlow = (one: Pick<Ribbon, "from" | "to"> | null, other: Pick<Ribbon, "from" | "to">) =>
  one?.from === other.from && one.to === other.to;

/** A picture for the eye alone: the table beside it says the same, and is what the keyboard reaches. */
export function FlowPicture({
  picture: { left, right, ribbons, height },
  lit,
}: {
  picture: Picture;
  lit: Pick<Ribbon, "from" | "to"> | null;
}) {
  const t = useTranslations("behaviour.flows");
  return (
    <figure className="min-w-0 p-4">
      <div className="mb-2 flex justify-between text-12 text-muted">
        <span>{t("before")}</span>
        <span>{t("after")}</span>
      </div>
      <div
        className="grid grid-cols-[minmax(0,4fr)_minmax(64px,5fr)_minmax(0,4fr)] gap-2"
        role="img"
        aria-label={t("picture")}
      >
        <Names nodes={left} height={height} className="text-right" />
        <svg
          className="block w-full overflow-visible"
          viewBox={`0 0 100 ${height}`}
          height={height}
          preserveAspectRatio="none"
          aria-hidden
        >
          {ribbons.map((ribbon) => (
            <path
              key={`${ribbon.from ?? ""} ${ribbon.to ?? ""} ${ribbon.kind}`}
              d={ribbon.path}
              className={cn(FLOW_FILLS[ribbon.kind].fill, lit && !sameFlow(lit, ribbon) && "opacity-30")}
            />
          ))}
          {left.map((node) => (
            <rect key={node.name} x={0} width={0.6} y={node.top} height={node.height} className="fill-soft" />
          ))}
          {right.map((node) => (
            <rect key={node.name} x={99.4} width={0.6} y={node.top} height={node.height} className="fill-soft" />
          ))}
        </svg>
        <Names nodes={right} height={height} />
      </div>
      <figcaption className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-12 text-soft">
        {KINDS.filter((kind) => ribbons.some((ribbon) => ribbon.kind === kind)).map((kind) => (
          <span key={kind} className="inline-flex items-center gap-1.5">
            <span aria-hidden className={cn("h-2 w-3 rounded-xs", FLOW_FILLS[kind].swatch)} />
            {t(`kinds.${kind}`)}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

function Names({ nodes, height, className }: { nodes: readonly FlowNode[]; height: number; className?: string }) {
  const t = useTranslations("behaviour.flows");
  const format = useFormatter();
  return (
    <div className={cn("relative min-w-0", className)} style={{ height }}>
      {nodes.map(({ name, alerts, top, height: tall }) => (
        <div
          key={name}
          className="absolute inset-x-0 -translate-y-1/2 text-12 leading-4"
          style={{ top: top + tall / 2 }}
          title={name ?? t("nobody")}
        >
          <span className={cn("block truncate", name === null ? "text-soft" : "font-mono")}>{name ?? t("nobody")}</span>
          <span className="block text-11 text-muted">{format.number(alerts)}</span>
        </div>
      ))}
    </div>
  );
}
