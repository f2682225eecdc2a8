"use client";

import { Plus, Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useQueryState } from "nuqs";
import { type KeyboardEvent, useEffect } from "react";
import type { Config } from "@/lib/alertmanager";
import { useChange } from "../editor/use-change";
import { pathId } from "../fields/path-id";
import { useRevealedId } from "../fields/reveal";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { Input } from "../ui/input";
import { Kbd } from "../ui/kbd";
import { PageHeader } from "../ui/page";
import { useToast } from "../ui/toast";
import {
  addRoute,
  indentRoute,
  inherited,
  moveRoute,
  outdentRoute,
  type RouteRow,
  removeRoute,
  rowsOf,
} from "./route-edits";
import { RouteForm } from "./route-form";
import { RouteLine } from "./route-line";

function shows(row: RouteRow, query: string, receiver: string): boolean {
  if (receiver !== "" && inherited(row, "receiver").value !== receiver) return false;
  const { matchers = [], match = {}, match_re = {} } = row.route;
  const words = [
    ...matchers,
    ...Object.entries(match).flat(),
    ...Object.entries(match_re).flat(),
    inherited(row, "receiver").value,
  ];
  return words.join(" ").toLowerCase().includes(query.trim().toLowerCase());
}

/** Rows from top to bottom as Alertmanager tries them; one is selected and edited in place. */
export function RouteTree() {
  const t = useTranslations("routes");
  const { toast } = useToast();
  const { config, readOnly, updateConfig, undo } = useChange();
  const [query, setQuery] = useQueryState("q", { defaultValue: "" });
  const [receiver, setReceiver] = useQueryState("receiver", { defaultValue: "" });
  const [selected, setSelected] = useQueryState("route", { defaultValue: "" });
  const revealed = useRevealedId();
  const rows = config.route ? rowsOf(config.route) : [];

  // A finding leads to a field; the deepest route around it is the one to open.
  const wanted = rows.findLast(({ path }) => revealed === pathId(path) || revealed.startsWith(`${pathId(path)}-`))
    ?.route.id;
  useEffect(() => {
    if (wanted) void setSelected(wanted);
  }, [wanted, setSelected]);

  if (!config.route) {
    return (
      <EmptyState
        title={t("emptyTitle")}
        actions={
          readOnly ? null : (
            <Button
              onClick={() =>
                updateConfig((current) => ({
                  ...current,
                  route: { id: crypto.randomUUID(), receiver: current.receivers?.[0]?.name ?? "" },
                }))
              }
            >
              {t("addRoot")}
            </Button>
          )
        }
      >
        <p>{t("emptyText")}</p>
      </EmptyState>
    );
  }

  const add = (parentId: string) => {
    const id = crypto.randomUUID();
    updateConfig((current) => addRoute(current, parentId, { id, matchers: [] }));
    void setSelected(id);
  };
  const move = (edit: (config: Config, id: string) => Config, id: string) =>
    updateConfig((current) => edit(current, id));
  const remove = (row: RouteRow) => {
    updateConfig((current) => removeRoute(current, row.route.id));
    void setSelected(row.parent?.route.id ?? null);
    toast({ title: t("deleted", { number: row.number }), action: { label: t("undo"), onSelect: undo } });
  };
  const onKeyDown = (event: KeyboardEvent, row: RouteRow) => {
    const at = rows.indexOf(row);
    const focus = (target: RouteRow | undefined) =>
      target && document.getElementById(`row-${target.route.id}`)?.focus();
    if (event.metaKey || event.ctrlKey) return;
    const { id } = row.route;
    if (readOnly && event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    const moving = event.altKey && !readOnly;
    switch (event.key) {
      case "ArrowUp":
        moving ? move((c) => moveRoute(c, id, -1), id) : focus(rows[at - 1]);
        break;
      case "ArrowDown":
        moving ? move((c) => moveRoute(c, id, 1), id) : focus(rows[at + 1]);
        break;
      case "ArrowRight":
        if (!moving) return;
        move(indentRoute, id);
        break;
      case "ArrowLeft":
        if (!moving) return;
        move(outdentRoute, id);
        break;
      case "n":
        add(id);
        break;
      case "Delete":
        if (row.parent) remove(row);
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  const visible = query === "" && receiver === "" ? rows : rows.filter((row) => shows(row, query, receiver));

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
                onClick={() =>
                  add(selected && rows.some(({ route }) => route.id === selected) ? selected : (config.route?.id ?? ""))
                }
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
      <Card>
        <div className="hidden grid-cols-[minmax(0,1fr)_160px_56px_64px_64px_104px] gap-3 border-b py-2 pr-2 pl-4 text-12 font-medium text-muted md:grid">
          <span>{t("matchers")}</span>
          <span>receiver</span>
          <span className="text-right font-mono">group_ wait</span>
          <span className="text-right font-mono">group_ interval</span>
          <span className="text-right font-mono">repeat_ interval</span>
          <span className="sr-only">{t("actions")}</span>
        </div>
        <ul aria-label={t("title")}>
          {visible.map((row) => (
            <li key={row.route.id} className="border-b last:border-0">
              <RouteLine
                row={row}
                open={selected === row.route.id}
                readOnly={readOnly}
                toggle={() => void setSelected(selected === row.route.id ? null : row.route.id)}
                onKeyDown={(event) => onKeyDown(event, row)}
                move={(edit) => move(edit, row.route.id)}
                add={() => add(row.route.id)}
                remove={() => remove(row)}
              />
              {selected === row.route.id ? <RouteForm row={row} /> : null}
            </li>
          ))}
        </ul>
        {visible.length === 0 ? <p className="px-4 py-6 text-center text-muted">{t("nothingFound")}</p> : null}
        <div className="flex flex-wrap gap-x-4 gap-y-1 border-t px-4 py-2 text-12 text-muted max-md:hidden">
          <span>
            <Kbd>↑</Kbd> <Kbd>↓</Kbd> {t("keySelect")}
          </span>
          {readOnly ? null : (
            <>
              <span>
                <Kbd>⌥</Kbd> <Kbd>↑</Kbd> <Kbd>↓</Kbd> <Kbd>←</Kbd> <Kbd>→</Kbd> {t("keyMove")}
              </span>
              <span>
                <Kbd>n</Kbd> {t("keyChild")}
              </span>
              <span>
                <Kbd>Del</Kbd> {t("keyDelete")}
              </span>
            </>
          )}
          <span className="ml-auto">
            <span className="font-medium text-text">• {t("own")}</span> {t("inherited")}
          </span>
        </div>
      </Card>
    </>
  );
}
