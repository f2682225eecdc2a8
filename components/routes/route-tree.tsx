"use client";

import { Plus, Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useQueryState } from "nuqs";
import { useCallback, useDeferredValue, useEffect, useMemo, useRef } from "react";
import type { Route } from "@/lib/alertmanager";
import type { EditorState } from "../editor/document-store";
import { useEditorState, useEdits } from "../editor/use-change";
import { pathId } from "../fields/path-id";
import { useRevealedId } from "../fields/reveal";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { EmptyState } from "../ui/empty-state";
import { Input } from "../ui/input";
import { Kbd } from "../ui/kbd";
import { PageHeader } from "../ui/page";
import { RouteChunk } from "./route-chunk";
import { inherited, keepRows, type RouteRow, rowsOf } from "./route-edits";
import { COLUMNS } from "./route-line";
import { type RouteActions, rowElementId, useRouteActions } from "./use-route-actions";
import { useRouteDrag } from "./use-route-drag";

const routeOf = ({ document }: EditorState) => document.config.route;
const NO_ROWS: readonly RouteRow[] = [];
const CHUNK = 30;

function shows(row: RouteRow, query: string, receiver: string): boolean {
  const goesTo = inherited(row, "receiver").value;
  if (receiver !== "" && goesTo !== receiver) return false;
  const { matchers = [], match = {}, match_re = {} } = row.route;
  const words = [...matchers, ...Object.entries(match).flat(), ...Object.entries(match_re).flat(), goesTo];
  return words.join(" ").toLowerCase().includes(query);
}

/** Rows from top to bottom as Alertmanager tries them; one is selected and edited in place. */
export function RouteTree() {
  const t = useTranslations("routes");
  const { readOnly } = useEdits();
  const root = useEditorState(routeOf);
  const [query, setQuery] = useQueryState("q", { defaultValue: "" });
  const [receiver, setReceiver] = useQueryState("receiver", { defaultValue: "" });
  const [selected, setSelected] = useQueryState("route", { defaultValue: "" });
  const select = useCallback((id: string | null) => void setSelected(id), [setSelected]);
  const { actions, said } = useRouteActions(select);
  const list = useRef<HTMLUListElement>(null);
  const over = useRouteDrag(list, actions.moveTo);
  const rows = useRows(root);
  const wanted = useDeferredValue(query).trim().toLowerCase();
  const visible = useMemo(
    () => (wanted === "" && receiver === "" ? rows : rows.filter((row) => shows(row, wanted, receiver))),
    [rows, wanted, receiver],
  );
  useRevealedRoute(rows, select);
  useSelectedInSight(selected);

  if (!root) return <NoRoutes />;

  return (
    <>
      <PageHeader
        title={t("title")}
        facts={<span>{t("count", { count: rows.length })}</span>}
        actions={
          <>
            <div className="relative">
              <Search
                className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted"
                aria-hidden
              />
              <Input
                type="search"
                className="pl-8"
                value={query}
                placeholder={t("filter")}
                aria-label={t("filter")}
                onChange={(event) => void setQuery(event.target.value || null)}
              />
            </div>
            {readOnly ? null : (
              <Button
                onClick={() => {
                  const known = rows.some(({ route }) => route.id === selected);
                  actions.add({ id: known ? selected : root.id, place: "child" });
                }}
              >
                <Plus aria-hidden />
                {t("add")}
              </Button>
            )}
          </>
        }
      />
      {receiver !== "" ? (
        <p className="flex items-center gap-2 text-muted">
          {t("onlyReceiver")} <code>{receiver}</code>
          <Button size="sm" onClick={() => void setReceiver(null)}>
            {t("showAll")}
          </Button>
        </p>
      ) : null}
      <Card className="@container overflow-clip">
        <div
          className={cn(
            COLUMNS,
            "items-end border-b py-1.5 pr-2 pl-1 text-12 font-medium text-muted @max-[640px]:hidden",
          )}
        >
          <span className="pl-14">{t("matchers")}</span>
          <span>receiver</span>
          {["group_wait", "group_interval", "repeat_interval"].map((key) => (
            <span key={key} className="text-right font-mono leading-4 font-normal">
              {key.replace("_", "_\u200b")}
            </span>
          ))}
          <span className="text-right leading-4 font-normal" title={t("recentTitle")}>
            {t("recent")}
          </span>
          <span className="sr-only">{t("actions")}</span>
        </div>
        <ul ref={list} aria-label={t("title")}>
          {chunksOf(visible).map(({ start, rows: chunk }) => (
            <RouteChunk
              key={start}
              rows={chunk}
              startsNear={start === 0}
              selected={chunk.some(({ route }) => route.id === selected) ? selected : ""}
              over={chunk.some(({ route }) => route.id === over?.id) ? over : null}
              readOnly={readOnly}
              actions={actions}
            />
          ))}
        </ul>
        {visible.length === 0 ? <p className="px-4 py-6 text-center text-muted">{t("nothingFound")}</p> : null}
        <KeyLegend readOnly={readOnly} />
      </Card>
      <p role="status" className="sr-only">
        {said}
      </p>
    </>
  );
}

/** Rows of the tree; those that show nothing new are the ones of before. */
function useRows(root: Route | undefined): readonly RouteRow[] {
  const last = useRef<readonly RouteRow[]>(NO_ROWS);
  return useMemo(() => {
    last.current = root ? keepRows(last.current, rowsOf(root)) : NO_ROWS;
    return last.current;
  }, [root]);
}

/** Known by where they start: a route that is added moves rows from one to the next, and none is made anew. */
function chunksOf(rows: readonly RouteRow[]): { start: number; rows: readonly RouteRow[] }[] {
  return Array.from({ length: Math.ceil(rows.length / CHUNK) }, (_, chunk) => {
    const start = chunk * CHUNK;
    return { start, rows: rows.slice(start, start + CHUNK) };
  });
}

/** Comes to the route that a link asked for. */
function useSelectedInSight(selected: string): void {
  const wanted = useRef(selected);
  useEffect(() => {
    const row = wanted.current === "" ? null : document.getElementById(rowElementId(wanted.current));
    row?.scrollIntoView({ block: "center" });
  }, []);
}

/** A finding leads to a field; the deepest route around it is the one to open. */
function useRevealedRoute(rows: readonly RouteRow[], select: RouteActions["select"]): void {
  const revealed = useRevealedId();
  const around = rows.findLast(({ path }) => revealed === pathId(path) || revealed.startsWith(`${pathId(path)}-`));
  const id = around?.route.id;
  useEffect(() => {
    if (id) select(id);
  }, [id, select]);
}

function NoRoutes() {
  const t = useTranslations("routes");
  const { readOnly, updateConfig } = useEdits();
  const add = () =>
    updateConfig((current) => ({
      ...current,
      route: { id: crypto.randomUUID(), receiver: current.receivers?.[0]?.name ?? "" },
    }));
  return (
    <EmptyState title={t("emptyTitle")} actions={readOnly ? null : <Button onClick={add}>{t("addRoot")}</Button>}>
      <p>{t("emptyText")}</p>
    </EmptyState>
  );
}

const KEYS = [
  { keys: ["⌥", "↑", "↓", "←", "→"], text: "keyMove" },
  { keys: ["n"], text: "keyChild" },
  { keys: ["b"], text: "keyBefore" },
  { keys: ["a"], text: "keyAfter" },
  { keys: ["Del"], text: "keyDelete" },
] as const;

function KeyLegend({ readOnly }: { readOnly: boolean }) {
  const t = useTranslations("routes");
  const known = [{ keys: ["↑", "↓"], text: "keySelect" } as const, ...(readOnly ? [] : KEYS)];
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-1 border-t px-4 py-2 text-12 text-muted max-md:hidden">
      {known.map(({ keys, text }) => (
        <span key={text}>
          {keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}{" "}
          {t(text)}
        </span>
      ))}
      <span className="ml-auto">
        <span className="font-medium text-text">• {t("own")}</span> {t("inherited")}
      </span>
    </div>
  );
}
