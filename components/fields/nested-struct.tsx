"use client";

import { ChevronRight, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Field, Json, Path } from "@/lib/alertmanager";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { type Ghost, useFields } from "./environment";
import { GhostSource } from "./ghost-source";
import { pathId } from "./path-id";
import { useFold } from "./reveal";
import { StillRow } from "./still-row";
import { StructForm } from "./struct-form";

type NestedProps = { field: Field; path: Path; value: Json | undefined; ghost: Ghost | null };

/** A struct inside a struct. Present or absent is a decision of its own: an empty `http_config` replaces the global one. */
export function NestedStruct({ field, path, value, ghost }: NestedProps) {
  const t = useTranslations("fields");
  const { set, readOnly } = useFields();
  const id = pathId(path);
  const [open, setOpen] = useFold(id, false);
  if (field.type.kind !== "struct") return null;

  if (value === undefined) {
    const begin = () => {
      set(path, {});
      setOpen(true);
    };
    if (ghost) return <TakenStruct id={id} name={field.key} ghost={ghost} begin={begin} />;
    return readOnly ? (
      <span className="block py-1.5 text-muted">{t("notSet")}</span>
    ) : (
      <Button id={id} size="sm" className="mt-1" onClick={begin} aria-label={t("addTo", { name: field.key })}>
        <Plus aria-hidden />
        {t("add")}
      </Button>
    );
  }
  const count = typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value).length : 0;
  return (
    <div id={id} className="rounded-md border">
      <div className="flex items-center gap-2 py-0.5 pr-1">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex min-h-8 flex-1 items-center gap-2 px-2.5 text-left"
        >
          <ChevronRight className={cn("size-4 text-muted transition-transform", open && "rotate-90")} aria-hidden />
          {t("keysSet", { count })}
        </button>
        {readOnly ? null : (
          <Button
            size="sm"
            variant="quiet"
            onClick={() => set(path, undefined)}
            aria-label={t("removeOf", { name: field.key })}
          >
            {t("remove")}
          </Button>
        )}
      </div>
      {open ? (
        <div className="border-t">
          <StructForm struct={field.type.struct} path={path} value={value} dense />
        </div>
      ) : null}
    </div>
  );
}

type TakenProps = { id: string; name: string; ghost: Ghost; begin: () => void };

/** A block from elsewhere, by the keys that it sets. One of one's own begins empty, for it replaces that block as a whole. */
function TakenStruct({ id, name, ghost, begin }: TakenProps) {
  const t = useTranslations("fields");
  const { readOnly } = useFields();
  const keys = typeof ghost.value === "object" && ghost.value !== null ? Object.keys(ghost.value) : [];
  return (
    <StillRow
      id={id}
      ghost
      action={
        readOnly ? null : (
          <Button size="sm" onClick={begin} aria-label={t("overrideOf", { name })}>
            {t("override")}
          </Button>
        )
      }
    >
      <GhostSource ghost={ghost} /> {keys.length > 0 ? <code>{keys.join(", ")}</code> : t("keysSet", { count: 0 })}
    </StillRow>
  );
}
