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
import { useId, useRef, useState } from "react";
import { Button } from "../ui/button";
import { AttachedMenu, DropdownMenuItem, DropdownMenuSeparator } from "../ui/dropdown-menu";
import type { RouteRow } from "./route-edits";
import type { RouteActions } from "./use-route-actions";

type RouteMenuProps = { row: RouteRow; name: string; actions: RouteActions };

/** Everything that keys and dragging do, by name. The menu is made when it is opened: there are thousands of rows. */
export function RouteMenu({ row, name, actions }: RouteMenuProps) {
  const t = useTranslations("routes");
  const button = useId();
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState<boolean | null>(null);
  const { id } = row.route;
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
      <span className="relative block">
        <Button
          ref={trigger}
          id={button}
          size="icon-sm"
          variant="quiet"
          aria-label={t("actionsOf", { name })}
          aria-haspopup="menu"
          aria-expanded={open === true}
          onPointerDown={(event) => {
            if (event.button !== 0 || event.ctrlKey) return;
            // Else the button would take the focus back from the menu.
            if (!open) event.preventDefault();
            setOpen(!open);
          }}
          onKeyDown={(event) => {
            if (!["Enter", " ", "ArrowDown"].includes(event.key)) return;
            event.preventDefault();
            setOpen(event.key === "ArrowDown" || !open);
          }}
        >
          <MoreHorizontal aria-hidden />
        </Button>
        {open === null ? null : (
          <AttachedMenu open={open} onOpenChange={setOpen} trigger={trigger} labelledBy={button} align="end">
            <RouteMenuItems row={row} actions={actions} />
          </AttachedMenu>
        )}
      </span>
    </>
  );
}

function RouteMenuItems({ row, actions }: Omit<RouteMenuProps, "name">) {
  const t = useTranslations("routes");
  const { id } = row.route;
  const at = Number(row.path.at(-1));
  const stays = row.parent === null || row.right !== "all";
  return (
    <>
      <DropdownMenuItem disabled={stays} onSelect={() => actions.add({ id, place: "before" })}>
        <Plus aria-hidden />
        {t("addBefore")}
      </DropdownMenuItem>
      <DropdownMenuItem disabled={stays} onSelect={() => actions.add({ id, place: "after" })}>
        <Plus aria-hidden />
        {t("addAfter")}
      </DropdownMenuItem>
      <DropdownMenuItem onSelect={() => actions.add({ id, place: "child" })}>
        <CornerDownRight aria-hidden />
        {t("addChild")}
      </DropdownMenuItem>
      <DropdownMenuItem disabled={stays} onSelect={() => actions.duplicate(id)}>
        <Copy aria-hidden />
        {t("duplicate")}
      </DropdownMenuItem>
      <DropdownMenuSeparator />
      <DropdownMenuItem disabled={stays || at === 0} onSelect={() => actions.move(id, "up")}>
        <ArrowUp aria-hidden />
        {t("moveUp")}
      </DropdownMenuItem>
      <DropdownMenuItem disabled={stays || at === row.siblings - 1} onSelect={() => actions.move(id, "down")}>
        <ArrowDown aria-hidden />
        {t("moveDown")}
      </DropdownMenuItem>
      <DropdownMenuItem disabled={stays || at === 0} onSelect={() => actions.move(id, "in")}>
        <IndentIncrease aria-hidden />
        {t("moveIn")}
      </DropdownMenuItem>
      <DropdownMenuItem
        disabled={stays || row.depth < 2 || row.parent?.right !== "all"}
        onSelect={() => actions.move(id, "out")}
      >
        <IndentDecrease aria-hidden />
        {t("moveOut")}
      </DropdownMenuItem>
      <DropdownMenuSeparator />
      <DropdownMenuItem danger disabled={stays} onSelect={() => actions.remove(id)}>
        <Trash2 aria-hidden />
        {t("delete")}
      </DropdownMenuItem>
    </>
  );
}
