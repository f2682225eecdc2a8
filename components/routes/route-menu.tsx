"use client";

import {
  ArrowDown,
  ArrowUp,
  Copy,
  CornerDownRight,
  IndentDecrease,
  IndentIncrease,
  MoreHorizontal,
  Plus,
  Trash2,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "../ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "../ui/dropdown-menu";
import type { RouteRow } from "./route-edits";
import type { RouteActions } from "./use-route-actions";

/** Everything that keys and dragging do, by name. */
export function RouteMenu({ row, name, actions }: { row: RouteRow; name: string; actions: RouteActions }) {
  const t = useTranslations("routes");
  const { id } = row.route;
  const at = Number(row.path.at(-1));
  const isRoot = row.parent === null;
  return (
    <>
      <Button
        size="icon-sm"
        variant="quiet"
        onClick={() => actions.add({ id, place: "child" })}
        aria-label={t("addBelow", { name })}
      >
        <Plus aria-hidden />
      </Button>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button size="icon-sm" variant="quiet" aria-label={t("actionsOf", { name })}>
            <MoreHorizontal aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem disabled={isRoot} onSelect={() => actions.add({ id, place: "before" })}>
            <Plus aria-hidden />
            {t("addBefore")}
          </DropdownMenuItem>
          <DropdownMenuItem disabled={isRoot} onSelect={() => actions.add({ id, place: "after" })}>
            <Plus aria-hidden />
            {t("addAfter")}
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => actions.add({ id, place: "child" })}>
            <CornerDownRight aria-hidden />
            {t("addChild")}
          </DropdownMenuItem>
          <DropdownMenuItem disabled={isRoot} onSelect={() => actions.duplicate(id)}>
            <Copy aria-hidden />
            {t("duplicate")}
          </DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuItem disabled={isRoot || at === 0} onSelect={() => actions.move(id, "up")}>
            <ArrowUp aria-hidden />
            {t("moveUp")}
          </DropdownMenuItem>
          <DropdownMenuItem disabled={isRoot || at === row.siblings - 1} onSelect={() => actions.move(id, "down")}>
            <ArrowDown aria-hidden />
            {t("moveDown")}
          </DropdownMenuItem>
          <DropdownMenuItem disabled={isRoot || at === 0} onSelect={() => actions.move(id, "in")}>
            <IndentIncrease aria-hidden />
            {t("moveIn")}
          </DropdownMenuItem>
          <DropdownMenuItem disabled={row.depth < 2} onSelect={() => actions.move(id, "out")}>
            <IndentDecrease aria-hidden />
            {t("moveOut")}
          </DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuItem danger disabled={isRoot} onSelect={() => actions.remove(id)}>
            <Trash2 aria-hidden />
            {t("delete")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
    </>
  );
}
