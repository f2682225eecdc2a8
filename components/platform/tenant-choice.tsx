"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ComponentProps, useDeferredValue, useState } from "react";
import { ComboboxInput } from "../ui/combobox";
import type { Input } from "../ui/input";
import { tenantsQuery } from "./queries";

const OFFERED = 20;

type Props = Pick<ComponentProps<typeof Input>, "id" | "aria-describedby" | "aria-invalid"> & { name: string };

/** One of thousands of tenants, found by its name or address; the form gets its id. */
export function TenantChoice({ name, ...control }: Props) {
  const t = useTranslations("platform.targets");
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState("");
  const search = useDeferredValue(text.trim());
  const { data } = useQuery(tenantsQuery({ search, state: "active", size: OFFERED }));
  const tenants = data?.tenants ?? [];
  return (
    <>
      <ComboboxInput
        {...control}
        value={text}
        autoComplete="off"
        listLabel={t("tenant")}
        suggestions={tenants.map(({ id, name: label, slug }) => ({ value: id, label, aside: `/${slug}` }))}
        onPick={({ value, label }) => {
          setChosen(value);
          setText(label);
        }}
        onChange={({ target: { value } }) => {
          setText(value);
          const exact = tenants.find(({ name: other, slug }) => other === value || slug === value);
          setChosen(exact?.id ?? "");
        }}
      />
      <input type="hidden" name={name} value={chosen} />
    </>
  );
}
