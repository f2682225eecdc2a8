"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useMemo, useState } from "react";
import type { Config } from "@/lib/alertmanager";
import { useEditor } from "../editor/change-context";
import { useEdits } from "../editor/use-change";
import { pathId } from "../fields/path-id";
import { reveal } from "../fields/reveal";
import { useToast } from "../ui/toast";
import type { Marks } from "./marks";
import { duplicateRoutes, moveRoutes, removeRoutes, setReceiver } from "./route-batch";
import {
  addRoute,
  indentRoute,
  moveRoute,
  moveRouteTo,
  outdentRoute,
  type RouteRow,
  rowsOf,
  type Target,
} from "./route-edits";

type Direction = "up" | "down" | "in" | "out";

const MOVES: Record<Direction, (config: Config, id: string) => Config> = {
  up: (config, id) => moveRoute(config, id, -1),
  down: (config, id) => moveRoute(config, id, 1),
  in: indentRoute,
  out: outdentRoute,
};
const MOVE_KEYS: Record<string, Direction> = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };
const ADD_KEYS: Record<string, Target["place"]> = { n: "child", b: "before", a: "after" };

export type RouteActions = {
  select: (id: string | null) => void;
  add: (target: Target) => void;
  move: (id: string, direction: Direction) => void;
  moveTo: (id: string, target: Target) => void;
  /** This route, or all that are marked when it is one of them; likewise `duplicate`. */
  remove: (id: string) => void;
  duplicate: (id: string) => void;
  mark: (id: string, through: boolean) => void;
  removeMarked: () => void;
  duplicateMarked: () => void;
  moveMarked: (parent: string) => void;
  /** Empty: they inherit it. */
  setReceiver: (receiver: string) => void;
  onKeyDown: (event: KeyboardEvent, id: string) => void;
};

export function rowElementId(id: string): string {
  return `row-${id}`;
}

/** Moved rows are other elements of the page for a moment; the cursor goes where the route went. */
function focusRow(id: string): void {
  requestAnimationFrame(() => {
    const row = document.getElementById(rowElementId(id));
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
  });
}

/**
 * What can be done with a route. The functions read the tree when they are called, so they stay the same while it changes
 * and a thousand rows need not be drawn anew. `said` is for screen readers.
 */
export function useRouteActions(
  select: (id: string | null) => void,
  marks: Marks,
  granted: ReadonlySet<string> | null,
): { actions: RouteActions; said: string } {
  const t = useTranslations("routes");
  const { toast } = useToast();
  const { store } = useEditor();
  const { readOnly, updateConfig, undo } = useEdits();
  const [said, setSaid] = useState("");

  const actions = useMemo<RouteActions>(() => {
    const rows = (): RouteRow[] => {
      const { route } = store.state().document.config;
      return route ? rowsOf(route, granted) : [];
    };
    const rowOf = (id: string) => rows().find(({ route }) => route.id === id);
    const mayMove = (id: string) => rowOf(id)?.right === "all";
    const mayTake = ({ id, place }: Target) => {
      const right = rowOf(id)?.right;
      return right === "all" || (right === "top" && place === "child");
    };
    const isRefused = (may: boolean) => {
      if (!may) toast({ level: "warning", title: t("locked") });
      return !may;
    };
    const numberOf = (id: string) => rowOf(id)?.number ?? "";
    const edit = (id: string, change: (config: Config) => Config) => {
      const before = numberOf(id);
      updateConfig(change);
      const after = numberOf(id);
      if (after !== before) setSaid(t("moved", { from: before, to: after }));
      focusRow(id);
    };
    const add = (target: Target) => {
      if (isRefused(mayTake(target))) return;
      const id = crypto.randomUUID();
      updateConfig((config) => addRoute(config, { id, matchers: [] }, target));
      select(id);
      const row = rows().find(({ route }) => route.id === id);
      setSaid(t("added", { number: row?.number ?? "" }));
      // What it is for is the first thing to say about it.
      if (row) reveal(pathId([...row.path, "matchers"]));
    };
    const toldWithUndo = (title: string) => toast({ title, action: { label: t("undo"), onSelect: undo } });
    const removeAll = (ids: ReadonlySet<string>) => {
      const before = rows();
      const first = before.find(({ route, parent }) => parent && ids.has(route.id));
      if (!first?.parent || isRefused([...ids].every(mayMove))) return;
      updateConfig((config) => removeRoutes(config, ids));
      marks.clear();
      select(first.parent.route.id);
      focusRow(first.parent.route.id);
      const count = before.length - rows().length;
      toldWithUndo(count === 1 ? t("deleted", { number: first.number }) : t("deletedAll", { count }));
    };
    const duplicateAll = (ids: ReadonlySet<string>) => {
      if (isRefused([...ids].every(mayMove))) return;
      const made: string[] = [];
      const newId = () => {
        const id = crypto.randomUUID();
        made.push(id);
        return id;
      };
      updateConfig((config) => duplicateRoutes(config, ids, newId));
      const [first] = made;
      if (first === undefined) return;
      select(first);
      focusRow(first);
      setSaid(t("added", { number: numberOf(first) }));
    };
    const ofMarks = (id: string) => (marks.all().has(id) ? marks.all() : new Set([id]));
    const batch = {
      remove: (id: string) => removeAll(ofMarks(id)),
      duplicate: (id: string) => duplicateAll(ofMarks(id)),
      mark: (id: string, through: boolean) => (through ? marks.through(id) : marks.toggle(id)),
      removeMarked: () => removeAll(marks.all()),
      duplicateMarked: () => duplicateAll(marks.all()),
      moveMarked: (parent: string) => {
        const [first] = marks.all();
        if (isRefused([...marks.all()].every(mayMove) && mayTake({ id: parent, place: "child" }))) return;
        updateConfig((config) => moveRoutes(config, marks.all(), parent));
        toldWithUndo(t("movedAll", { count: marks.all().size, to: numberOf(parent) || t("root") }));
        if (first !== undefined) focusRow(first);
      },
      setReceiver: (receiver: string) => {
        updateConfig((config) => setReceiver(config, marks.all(), receiver));
        toldWithUndo(t("receiverSet", { count: marks.all().size }));
      },
    };
    const move = (id: string, direction: Direction) => {
      const parent = rowOf(id)?.parent;
      if (isRefused(mayMove(id) && (direction !== "out" || parent?.right !== "top"))) return;
      edit(id, (config) => MOVES[direction](config, id));
    };
    const step = (id: string, by: -1 | 1) => {
      const shown = [...document.querySelectorAll<HTMLElement>("[data-route-row]")];
      shown[shown.findIndex((element) => element.id === rowElementId(id)) + by]?.focus();
    };
    const mark = (id: string) => {
      if (!isRefused(mayMove(id))) marks.toggle(id);
    };
    const onKeyDown = (event: KeyboardEvent, id: string) => {
      if (event.metaKey || event.ctrlKey) return;
      const { key } = event;
      const direction = MOVE_KEYS[key];
      const place = ADD_KEYS[key];
      if (!event.altKey && key === "ArrowUp") step(id, -1);
      else if (!event.altKey && key === "ArrowDown") step(id, 1);
      else if (readOnly) return;
      else if (event.altKey && direction) move(id, direction);
      else if (!event.altKey && place) add({ id, place });
      else if (event.altKey) return;
      else if (key === "Delete") batch.remove(id);
      else if (key === "d") batch.duplicate(id);
      else if (key === "x" && numberOf(id) !== "") mark(id);
      else if (key === "Escape" && marks.all().size > 0) marks.clear();
      else return;
      event.preventDefault();
    };
    const moveTo = (id: string, target: Target) => {
      if (!isRefused(mayMove(id) && mayTake(target))) edit(id, (config) => moveRouteTo(config, id, target));
    };
    return { select, add, move, moveTo, ...batch, onKeyDown };
  }, [store, readOnly, updateConfig, undo, select, marks, granted, t, toast]);
  return { actions, said };
}
