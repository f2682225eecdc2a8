"use client";

import { useTranslations } from "next-intl";
import type { RefObject } from "react";
import { Dialog, DialogContent } from "../ui/dialog";
import { Kbd } from "../ui/kbd";
import { NAV_ITEMS } from "./nav-items";

type ShortcutsProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  trigger: RefObject<HTMLElement | null>;
};

export function ShortcutsDialog({ open, onOpenChange, trigger }: ShortcutsProps) {
  const t = useTranslations("tenant");
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent trigger={trigger} title={t("shortcuts.title")} description={t("shortcuts.text")}>
        <dl className="grid">
          <Shortcut label={t("palette.title")} keys={["⌘ / Ctrl", "K"]} />
          {NAV_ITEMS.map((item) => (
            <Shortcut key={item.name} label={t(`nav.${item.name}`)} keys={["g", item.letter]} />
          ))}
        </dl>
      </DialogContent>
    </Dialog>
  );
}

function Shortcut({ label, keys }: { label: string; keys: string[] }) {
  return (
    <div className="flex h-8 items-center border-b last:border-0">
      <dt>{label}</dt>
      <dd className="ml-auto flex gap-1">
        {keys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </dd>
    </div>
  );
}
