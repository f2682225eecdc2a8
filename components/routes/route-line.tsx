"use client";

import { GripVertical, Lock } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { memo } from "react";
import { InjectedChips } from "../editor/injected-chips";
import { useInjectedMatchers } from "../editor/injected-matchers";
import { useRouteCount } from "../editor/use-route-count";
import { useDiagnosticsAt } from "../fields/environment";
import { MatcherChips } from "../fields/matchers-input";
import { worstLevel } from "../fields/severity-level";
import { Chip } from "../ui/chip";
import { cn } from "../ui/cn";
import { Severity } from "../ui/severity";
import { useIsMarked } from "./marks";
import { type InheritedKey, inherited, type Place, type RouteRow } from "./route-edits";
import { RouteMenu } from "./route-menu";
import { type RouteActions, rowElementId } from "./use-route-actions";

export type RouteLineProps = {
  row: RouteRow;
  open: boolean;
  /** Only shown because something below it was found. */
  dim: boolean;
  readOnly: boolean;
  /** Where a dragged route would go, seen from this one. */
  drop: Place | null;
  actions: RouteActions;
};

const TIMINGS = ["group_wait", "group_interval", "repeat_interval"] as const;
export const COLUMNS =
  "grid grid-cols-[minmax(0,1fr)_auto] gap-x-2 @[640px]:grid-cols-[minmax(0,1fr)_minmax(72px,112px)_44px_52px_52px_36px_60px]";

/** A row that `keepRows` kept is not drawn anew. */
export const RouteLine = memo(PlainRouteLine);

function PlainRouteLine({ row, open, dim, readOnly, drop, actions }: RouteLineProps) {
  const t = useTranslations("routes");
  const { route, depth, number } = row;
  const receiver = inherited(row, "receiver");
  // What stands at the routes below is theirs.
  const problems = useDiagnosticsAt(row.path, true).filter(({ path }) => path[row.path.length] !== "routes");
  const name = number === "" ? t("root") : number;
  const isRoot = row.parent === null;
  const stays = isRoot || row.right !== "all";
  const marked = useIsMarked(route.id);
  return (
    <div
      data-route={route.id}
      data-depth={depth}
      data-path={JSON.stringify(row.path)}
      className={cn(
        COLUMNS,
        "group/row relative items-start py-0.5 pr-2 pl-1 hover:bg-hover",
        dim && "bg-sunken text-muted grayscale",
        marked && "bg-accent-soft hover:bg-accent-soft",
        open && "bg-accent-soft hover:bg-accent-soft",
        drop === "child" && "bg-accent-soft outline-2 -outline-offset-2 outline-accent",
      )}
    >
      {drop === "before" || drop === "after" ? (
        <span
          aria-hidden
          className={cn(
            "pointer-events-none absolute right-2 z-10 h-0.5 rounded-full bg-accent",
            drop === "before" ? "top-0" : "bottom-0",
          )}
          style={{ insetInlineStart: `${24 + depth * 16}px` }}
        />
      ) : null}
      <div className="flex min-w-0 items-start" style={{ paddingInlineStart: `${depth * 16}px` }}>
        {readOnly ? <span className="w-5 shrink-0" /> : stays ? <span className="w-11 shrink-0" /> : null}
        {readOnly || stays ? null : (
          <>
            <label className="grid h-8 w-6 shrink-0 place-items-center opacity-0 group-hover/row:opacity-100 group-data-marking/list:opacity-100 has-focus-visible:opacity-100 @max-[640px]:opacity-100">
              <input
                type="checkbox"
                className="size-4 accent-current"
                checked={marked}
                aria-label={t("mark", { name })}
                onChange={() => {}}
                onClick={(event) => actions.mark(route.id, event.shiftKey)}
              />
            </label>
            <span
              draggable
              title={t("drag")}
              className="grid h-8 w-5 shrink-0 cursor-grab place-items-center text-muted hover:text-text active:cursor-grabbing"
            >
              <GripVertical className="size-3.5" aria-hidden />
            </span>
          </>
        )}
        <button
          type="button"
          id={rowElementId(route.id)}
          data-route-row
          aria-expanded={open}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Alt+ArrowLeft Alt+ArrowRight n b a d x Delete"
          onClick={(event) => {
            const marking = !readOnly && !stays && (event.shiftKey || event.ctrlKey || event.metaKey);
            if (marking) actions.mark(route.id, event.shiftKey);
            else actions.select(open ? null : route.id);
          }}
          onKeyDown={(event) => actions.onKeyDown(event, route.id)}
          className="flex min-h-8 min-w-0 flex-1 items-start gap-2 text-left focus-visible:-outline-offset-2"
        >
          <span className="min-w-7 pt-[7px] font-mono text-12 leading-[18px] text-muted">{name}</span>
          <span className="grid min-w-0 gap-0.5 py-[5px]">
            <span className="flex min-w-0 flex-wrap items-center gap-1">
              <Matchers row={row} />
              {problems.length > 0 ? (
                <Severity level={worstLevel(problems)}>{t("problems", { count: problems.length })}</Severity>
              ) : null}
            </span>
            <OwnValues row={row} />
          </span>
        </button>
      </div>
      <span
        className={cn(
          "font-mono text-12 leading-[18px] [overflow-wrap:anywhere] @max-[640px]:col-start-1 @max-[640px]:row-start-2 @max-[640px]:pb-1 @max-[640px]:pl-14 @[640px]:pt-[7px]",
          receiver.own ? "font-medium" : "text-muted",
        )}
      >
        {receiver.value ?? t("noReceiver")}
      </span>
      {TIMINGS.map((key) => (
        <Timing key={key} row={row} name={key} />
      ))}
      <RecentCount id={route.id} />
      <span className="col-start-2 row-start-1 flex justify-end py-0.5 @[640px]:col-start-7">
        {readOnly ? null : row.right === "none" ? (
          <span title={t("locked")} className="grid size-7 place-items-center text-muted">
            <Lock aria-hidden className="size-3.5" />
            <span className="sr-only">{t("locked")}</span>
          </span>
        ) : (
          <RouteMenu row={row} name={name} actions={actions} />
        )}
      </span>
    </div>
  );
}

function Matchers({ row: { route, depth } }: { row: RouteRow }) {
  const t = useTranslations("routes");
  const old = [
    ...Object.entries(route.match ?? {}).map(([name, value]) => ({ name, value, operator: "=" })),
    ...Object.entries(route.match_re ?? {}).map(([name, value]) => ({ name, value, operator: "=~" })),
  ];
  const matchers = route.matchers ?? [];
  if (matchers.length === 0 && old.length === 0) {
    return depth === 0 ? <RootMatchers /> : <span className="py-px text-muted">{t("anyAlert")}</span>;
  }
  return (
    <>
      {old.map(({ name, value, operator }) => (
        <Chip key={`${name}${operator}`} name={name} operator={operator} value={String(value)} />
      ))}
      {matchers.map((text) => (
        <MatcherChips key={text} text={text} />
      ))}
    </>
  );
}

/** The root takes every alert that the owners of the targets let come to it. */
function RootMatchers() {
  const t = useTranslations("routes");
  const injected = useInjectedMatchers();
  return (
    <>
      <InjectedChips injected={injected} />
      <span className="py-px text-muted">{t("everyAlert")}</span>
    </>
  );
}

/** What a route says itself and no column shows. */
function OwnValues({ row: { route } }: { row: RouteRow }) {
  const lists = (["group_by", "mute_time_intervals", "active_time_intervals"] as const).flatMap((key) => {
    const names = route[key];
    return Array.isArray(names) && (names.length > 0 || key === "group_by") ? [`${key}: [${names.join(", ")}]`] : [];
  });
  if (!route.continue && lists.length === 0) return null;
  return (
    <span className="grid font-mono text-12 leading-[18px] text-soft [overflow-wrap:anywhere]">
      {lists.map((text) => (
        <span key={text}>{text}</span>
      ))}
      {route.continue ? <span>↓ continue</span> : null}
    </span>
  );
}

/** Nothing is said before there are alerts to count. */
function RecentCount({ id }: { id: string }) {
  const t = useTranslations("routes");
  const format = useFormatter();
  const count = useRouteCount(id);
  return (
    <span
      title={count === null ? undefined : t("recentCount", { count })}
      className={cn(
        "text-right font-mono text-12 leading-[18px] whitespace-nowrap @max-[640px]:col-start-2 @max-[640px]:row-start-2 @[640px]:pt-[7px]",
        count === 0 && "text-muted",
      )}
    >
      {count === null ? null : format.number(count, { notation: "compact" })}
      {count === null ? null : <span className="text-muted @[640px]:hidden"> / {t("recent")}</span>}
    </span>
  );
}

function Timing({ row, name }: { row: RouteRow; name: InheritedKey }) {
  const t = useTranslations("routes");
  const { value, own, from } = inherited(row, name);
  const title = own
    ? t("ownValue")
    : from === "default"
      ? t("byDefault")
      : from === ""
        ? t("fromRoot")
        : t("fromRoute", { number: from });
  return (
    <span
      title={title}
      className={cn(
        "hidden pt-[7px] text-right font-mono text-12 leading-[18px] whitespace-nowrap @[640px]:block",
        own ? "font-medium" : "text-muted",
      )}
    >
      {own ? "• " : null}
      {value}
    </span>
  );
}
