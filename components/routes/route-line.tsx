"use client";

import { ArrowDown, ArrowUp, IndentDecrease, IndentIncrease, MoreHorizontal, Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { KeyboardEvent } from "react";
import type { Config } from "@/lib/alertmanager";
import { useFields } from "../fields/environment";
import { worstLevel } from "../fields/field-diagnostics";
import { MatcherChips } from "../fields/matchers-input";
import { Button } from "../ui/button";
import { Chip } from "../ui/chip";
import { cn } from "../ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "../ui/dropdown-menu";
import { Severity } from "../ui/severity";
import { type InheritedKey, indentRoute, inherited, moveRoute, outdentRoute, type RouteRow } from "./route-edits";

export type RouteLineProps = {
  row: RouteRow;
  open: boolean;
  readOnly: boolean;
  toggle: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
  move: (edit: (config: Config, id: string) => Config) => void;
  add: () => void;
  remove: () => void;
};

export function RouteLine({ row, open, readOnly, toggle, onKeyDown, move, add, remove }: RouteLineProps) {
  const t = useTranslations("routes");
  const { diagnosticsAt } = useFields();
  const { route, depth, number } = row;
  const receiver = inherited(row, "receiver");
  const problems = [
    ...diagnosticsAt(row.path),
    ...Object.keys(route)
      .filter((key) => key !== "routes")
      .flatMap((key) => diagnosticsAt([...row.path, key], true)),
  ];
  const name = number === "" ? t("root") : number;
  return (
    <div
      className={cn(
        "grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-3 gap-y-1 py-1 pr-2 pl-4 hover:bg-hover md:grid-cols-[minmax(0,1fr)_160px_56px_64px_64px_104px]",
        open && "bg-accent-soft",
      )}
    >
      <button
        type="button"
        id={`row-${route.id}`}
        aria-expanded={open}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Alt+ArrowLeft Alt+ArrowRight n Delete"
        onClick={toggle}
        onKeyDown={onKeyDown}
        className="flex min-h-8 min-w-0 items-start gap-2 text-left focus-visible:-outline-offset-2"
        style={{ paddingInlineStart: `${depth * 20}px` }}
      >
        <span className="min-w-8 pt-1.5 font-mono text-12 text-muted">{name}</span>
        <span className="flex min-w-0 flex-wrap items-center gap-1 py-1">
          <Matchers row={row} />
          {route.continue ? <span className="text-12 text-muted">↓ continue</span> : null}
          {problems.length > 0 ? (
            <Severity level={worstLevel(problems)}>{t("problems", { count: problems.length })}</Severity>
          ) : null}
        </span>
      </button>
      <span
        className={cn("pt-1.5 font-mono text-12 [overflow-wrap:anywhere]", receiver.own ? "font-medium" : "text-muted")}
      >
        {receiver.value ?? t("noReceiver")}
      </span>
      <Timing row={row} name="group_wait" />
      <Timing row={row} name="group_interval" />
      <Timing row={row} name="repeat_interval" />
      <span className="col-start-2 row-start-1 flex justify-end md:col-start-6">
        {readOnly ? null : <RouteActions row={row} name={name} move={move} add={add} remove={remove} />}
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
    return <span className="text-muted">{depth === 0 ? t("everyAlert") : t("anyAlert")}</span>;
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
        "hidden pt-1.5 text-right font-mono text-12 whitespace-nowrap md:block",
        own ? "font-medium" : "text-muted",
      )}
    >
      {own ? "• " : null}
      {value}
    </span>
  );
}

type ActionsProps = Pick<RouteLineProps, "row" | "move" | "add" | "remove"> & { name: string };

function RouteActions({ row, name, move, add, remove }: ActionsProps) {
  const t = useTranslations("routes");
  const siblings = row.parent?.route.routes ?? [];
  const at = siblings.findIndex(({ id }) => id === row.route.id);
  return (
    <>
      <Button size="icon-sm" variant="quiet" onClick={add} aria-label={t("addBelow", { name })}>
        <Plus aria-hidden />
      </Button>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button size="icon-sm" variant="quiet" aria-label={t("actionsOf", { name })}>
            <MoreHorizontal aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem disabled={at <= 0} onSelect={() => move((config, id) => moveRoute(config, id, -1))}>
            <ArrowUp aria-hidden />
            {t("moveUp")}
          </DropdownMenuItem>
          <DropdownMenuItem
            disabled={!row.parent || at === siblings.length - 1}
            onSelect={() => move((config, id) => moveRoute(config, id, 1))}
          >
            <ArrowDown aria-hidden />
            {t("moveDown")}
          </DropdownMenuItem>
          <DropdownMenuItem disabled={at <= 0} onSelect={() => move(indentRoute)}>
            <IndentIncrease aria-hidden />
            {t("moveIn")}
          </DropdownMenuItem>
          <DropdownMenuItem disabled={row.depth < 2} onSelect={() => move(outdentRoute)}>
            <IndentDecrease aria-hidden />
            {t("moveOut")}
          </DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuItem danger disabled={!row.parent} onSelect={remove}>
            <Trash2 aria-hidden />
            {t("delete")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
    </>
  );
}
