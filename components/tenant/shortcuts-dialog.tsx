"use client";

import { useTranslations } from "next-intl";
import { Dialog, DialogContent } from "../ui/dialog";
import { Kbd } from "../ui/kbd";
import { NAV_ITEMS } from "./nav-items";

export function ShortcutsDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations("tenant");
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={t("shortcuts.title")} description={t("shortcuts.text")}>
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
