"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "../ui/button";
import { Input } from "../ui/input";
import type { Pair } from "./sample-text";

export type PairsInputProps = { legend: string; pairs: readonly Pair[]; onChange: (pairs: Pair[]) => void };

/** Labels or annotations as rows of a name and what it says. */
export function PairsInput({ legend, pairs, onChange }: PairsInputProps) {
  const t = useTranslations("preview.sample");
  const edit = (id: number, part: Partial<Pair>) =>
    onChange(pairs.map((pair) => (pair.id === id ? { ...pair, ...part } : pair)));
  const add = () => onChange([...pairs, { id: Math.max(-1, ...pairs.map(({ id }) => id)) + 1, name: "", value: "" }]);
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 font-medium">{legend}</legend>
      {pairs.map(({ id, name, value }, index) => (
        <div key={id} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] items-center gap-1.5">
          <Input
            mono
            value={name}
            aria-label={t("nameOf", { legend, number: index + 1 })}
            onChange={(event) => edit(id, { name: event.target.value })}
          />
          <Input
            mono
            value={value}
            aria-label={t("valueOf", { legend, name: name || String(index + 1) })}
            onChange={(event) => edit(id, { value: event.target.value })}
          />
          <Button
            size="icon-sm"
            variant="quiet"
            aria-label={t("remove", { name: name || String(index + 1) })}
            onClick={() => onChange(pairs.filter((pair) => pair.id !== id))}
          >
            <X aria-hidden />
          </Button>
        </div>
      ))}
      <div>
        <Button size="sm" onClick={add}>
          <Plus aria-hidden />
          {t("add")}
        </Button>
      </div>
    </fieldset>
  );
}
