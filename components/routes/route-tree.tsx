"use client";

import { Plus } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { lazy, Suspense, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import type { Route } from "@/lib/alertmanager";
import type { EditorState } from "../editor/document-store";
import { LockNotice } from "../editor/lock-notice";
import { useEditorState, useEdits } from "../editor/use-change";
import { pathId } from "../fields/path-id";
import { useRevealedId } from "../fields/reveal";
import { useTenant } from "../http/tenant-context";
import { Room } from "../plan/room";
import { Button } from "../ui/button";
import { buttonVariants } from "../ui/button-variants";
import { EmptyState } from "../ui/empty-state";
import { PageHeader } from "../ui/page";
import { SearchInput } from "../ui/search-input";
import { SkeletonRows } from "../ui/skeleton";
import { foundRows } from "./found-rows";
import { Marks, MarksProvider } from "./marks";
import { inherited, keepRows, type RouteRow, rowsOf } from "./route-edits";
import { RouteList } from "./route-list";
import { useGrantedRoutes } from "./use-granted-routes";
import { useRouteActions } from "./use-route-actions";
import { VIEWS, ViewSwitch } from "./view-switch";

// Most people come for the tree, and a library draws the graph.
const RouteGraph = lazy(async () => ({ default: (await import("./route-graph")).RouteGraph }));
const RouteTableView = lazy(async () => ({ default: (await import("./route-table-view")).RouteTableView }));

const viewState = parseAsStringLiteral(VIEWS).withDefault("tree");
const routeOf = ({ document }: EditorState) => document.config.route;
const NO_ROWS: readonly RouteRow[] = [];
const NOTHING_AROUND: ReadonlySet<string> = new Set();

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
  const [view, setView] = useQueryState("view", viewState);
  const select = useCallback((id: string | null) => void setSelected(id), [setSelected]);
  const [marks] = useState(() => new Marks());
  const openInTree = useCallback(
    (id: string) => {
      void setView("tree");
      void setSelected(id);
    },
    [setView, setSelected],
  );
  const shown = useRef(view);
  shown.current = view;
  const reveal = useCallback(
    (id: string) => (shown.current === "table" ? openInTree(id) : select(id)),
    [openInTree, select],
  );
  const granted = useGrantedRoutes();
  const { actions, said } = useRouteActions(select, marks, granted);
  const rows = useRows(root, granted);
  const wanted = useDeferredValue(query).trim().toLowerCase();
  const found = useMemo(() => {
    if (wanted === "" && receiver === "") return { rows, around: NOTHING_AROUND, hits: rows.length };
    return foundRows(rows, (row) => shows(row, wanted, receiver));
  }, [rows, wanted, receiver]);
  useRevealedRoute(rows, reveal);
  const filtered = found.hits < rows.length;
  const takes = (row: RouteRow | undefined) => row !== undefined && row.right !== "none";
  // Below the selected route, else wherever one may be added.
  const chosen = rows.find(({ route }) => route.id === selected);
  const addAt = takes(chosen) ? chosen : rows.find(takes);

  if (!root) return <NoRoutes />;

  return (
    <MarksProvider value={marks}>
      <PageHeader
        title={t("title")}
        facts={
          <>
            <span>{t("count", { count: rows.length })}</span>
            {filtered ? <span>{t("found", { count: found.hits })}</span> : null}
            <Room quota="routes" used={Math.max(0, rows.length - 1)} />
          </>
        }
        actions={
          <>
            <SearchInput label={t("filter")} value={query} onChange={(text) => void setQuery(text || null)} />
            <TesterLink />
            <ViewSwitch view={view} choose={(next) => void setView(next)} />
            {readOnly || !addAt ? null : (
              <Button
                onClick={() => {
                  if (view === "table") void setView("tree");
                  actions.add({ id: addAt.route.id, place: "child" });
                }}
              >
                <Plus aria-hidden />
                {t("add")}
              </Button>
            )}
          </>
        }
      />
      {granted && !readOnly ? <LockNotice>{t(addAt ? "limited" : "lockedAll")}</LockNotice> : null}
      {receiver !== "" ? (
        <p className="flex items-center gap-2 text-muted">
          {t("onlyReceiver")} <code>{receiver}</code>
          <Button size="sm" onClick={() => void setReceiver(null)}>
            {t("showAll")}
          </Button>
        </p>
      ) : null}
      <Suspense fallback={<SkeletonRows label={t("loading")} />}>
        {view === "graph" ? <RouteGraph rows={found.rows} selected={selected} select={select} /> : null}
        {view === "table" ? <RouteTableView rows={rows} open={openInTree} /> : null}
      </Suspense>
      {view === "tree" ? (
        <RouteList
          rows={rows}
          visible={found.rows}
          around={found.around}
          selected={selected}
          readOnly={readOnly}
          actions={actions}
        />
      ) : null}
      <p role="status" className="sr-only">
        {said}
      </p>
    </MarksProvider>
  );
}

/** Rows of the tree; those that show nothing new are the ones of before. */
function useRows(root: Route | undefined, granted: ReadonlySet<string> | null): readonly RouteRow[] {
  const last = useRef<readonly RouteRow[]>(NO_ROWS);
  return useMemo(() => {
    last.current = root ? keepRows(last.current, rowsOf(root, granted)) : NO_ROWS;
    return last.current;
  }, [root, granted]);
}

function NoRoutes() {
  const t = useTranslations("routes");
  const { grants } = useTenant();
  const { readOnly, updateConfig } = useEdits();
  const add = () =>
    updateConfig((current) => ({
      ...current,
      route: { id: crypto.randomUUID(), receiver: current.receivers?.[0]?.name ?? "" },
    }));
  return (
    <EmptyState
      title={t("emptyTitle")}
      actions={readOnly || grants ? null : <Button onClick={add}>{t("addRoot")}</Button>}
    >
      <p>{t("emptyText")}</p>
    </EmptyState>
  );
}

/** A finding leads to a field; the deepest route around it is the one to open. */
function useRevealedRoute(rows: readonly RouteRow[], select: (id: string) => void): void {
  const revealed = useRevealedId();
  const around = rows.findLast(({ path }) => revealed === pathId(path) || revealed.startsWith(`${pathId(path)}-`));
  const id = around?.route.id;
  useEffect(() => {
    if (id) select(id);
  }, [id, select]);
}

/** Where an alert goes is asked there. */
function TesterLink() {
  const t = useTranslations("tester");
  return (
    <Link href={useTenant().href("tester")} className={buttonVariants()}>
      {t("title")}
    </Link>
  );
}
