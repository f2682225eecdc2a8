"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Conflict } from "@/lib/alertmanager";
import type { Side, Sides } from "@/lib/alertmanager/diff/take-sides";
import { Button } from "../ui/button";
import { Dialog, DialogContent } from "../ui/dialog";
import { pathText } from "./problems-pane";
import { useChange } from "./use-change";

/** Both wrote the same place: both sides are shown, somebody decides, nothing is lost in silence. */
export function ConflictDialog() {
  const { collision, resolve } = useChange();
  if (!collision) return null;
  return <ConflictChoice key={collision.theirs.version} conflicts={collision.conflicts} resolve={resolve} />;
}

function ConflictChoice({ conflicts, resolve }: { conflicts: readonly Conflict[]; resolve: (sides: Sides) => void }) {
  const t = useTranslations("editor.conflict");
  const [sides, setSides] = useState<Sides>({});
  return (
    <Dialog open>
      <DialogContent
        title={t("title", { count: conflicts.length })}
        description={t("text")}
        className="max-w-[760px]"
        onEscapeKeyDown={(event) => event.preventDefault()}
        onInteractOutside={(event) => event.preventDefault()}
        footer={
          <Button variant="primary" onClick={() => resolve(sides)}>
            {t("apply")}
          </Button>
        }
      >
        <ul className="grid gap-4">
          {conflicts.map((conflict, index) => (
            <li key={pathText(conflict.path)}>
              <p className="mb-1.5 font-medium">
                {conflict.label} <code className="font-normal text-muted">{pathText(conflict.path)}</code>
              </p>
              <div className="grid gap-2 sm:grid-cols-2">
                {(["mine", "theirs"] as const).map((side) => (
                  <SideChoice
                    key={side}
                    name={`conflict-${index}`}
                    title={t(side)}
                    value={conflict[side]}
                    checked={(sides[index] ?? "mine") === side}
                    choose={() => setSides((before) => ({ ...before, [index]: side satisfies Side }))}
                  />
                ))}
              </div>
            </li>
          ))}
        </ul>
      </DialogContent>
    </Dialog>
  );
}

type SideProps = { name: string; title: string; value: Conflict["mine"]; checked: boolean; choose: () => void };

function SideChoice({ name, title, value, checked, choose }: SideProps) {
  const t = useTranslations("editor.conflict");
  return (
    <label className="block cursor-pointer rounded-md border border-line-strong has-checked:border-accent has-checked:bg-accent-soft">
      <span className="flex items-center gap-2 border-b px-3 py-1.5 font-medium">
        <input type="radio" name={name} checked={checked} onChange={choose} className="accent-(--accent-fill)" />
        {title}
      </span>
      <pre className="max-h-48 overflow-auto px-3 py-2 font-mono text-12 whitespace-pre-wrap">
        {value === undefined ? t("absent") : typeof value === "string" ? value : JSON.stringify(value, null, 2)}
      </pre>
    </label>
  );
}
