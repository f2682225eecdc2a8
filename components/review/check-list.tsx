"use client";

import { useTranslations } from "next-intl";

type CheckListProps = {
  legend: string;
  hint: string;
  options: readonly { value: string; label: string }[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
};

/** Several of a known list. */
export function CheckList({ legend, hint, options, chosen, onChange }: CheckListProps) {
  const t = useTranslations("review.policy");
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 text-13 font-medium">{legend}</legend>
      {options.length === 0 ? <p className="text-12 text-muted">{t("noneThere")}</p> : null}
      {options.map(({ value, label }) => (
        <label key={value} className="flex items-center gap-2">
          <input
            type="checkbox"
            className="size-4 accent-current"
            checked={chosen.includes(value)}
            onChange={({ target }) =>
              onChange(target.checked ? [...chosen, value] : chosen.filter((known) => known !== value))
            }
          />
          {label}
        </label>
      ))}
      <p className="text-12 text-muted">{hint}</p>
    </fieldset>
  );
}
