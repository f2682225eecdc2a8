"use client";

import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { ROLES } from "@/lib/tenancy/contract";
import { Button } from "../ui/button";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import type { ProviderDraft, RolePair } from "./queries";

type Props = { draft: ProviderDraft; onChange: (part: Partial<ProviderDraft>) => void };

/** Which value of which claim makes somebody what. */
export function RoleMapFields({ draft, onChange }: Props) {
  const t = useTranslations("sign-in.roles");
  const roles = useTranslations("tenant.roles");
  const id = useId();
  const { map } = draft;
  const replace = (key: string, part: Partial<RolePair>) =>
    onChange({ map: map.map((pair) => (pair.key === key ? { ...pair, ...part } : pair)) });
  const options = ROLES.map((role) => (
    <option key={role} value={role}>
      {roles(role)}
    </option>
  ));
  return (
    <fieldset className="grid gap-3 rounded-md border p-3">
      <legend className="px-1 text-13 font-medium">{t("title")}</legend>
      <div className="grid gap-3 md:grid-cols-2">
        <FormField id={`${id}-claim`} label={t("claim")} hint={t("claimHint")}>
          {(control) => (
            <Input
              {...control}
              mono
              required
              autoComplete="off"
              value={draft.claim}
              onChange={(event) => onChange({ claim: event.target.value })}
            />
          )}
        </FormField>
        <FormField id={`${id}-otherwise`} label={t("otherwise")} hint={t("otherwiseHint")}>
          {(control) => (
            <Select
              {...control}
              value={draft.otherwise}
              onChange={(event) => onChange({ otherwise: event.target.value })}
            >
              <option value="">{t("nobody")}</option>
              {options}
            </Select>
          )}
        </FormField>
      </div>
      {map.length > 0 ? (
        <ul className="grid gap-2">
          {map.map(({ key, value, role }, at) => (
            <li key={key} className="flex items-center gap-2">
              <Input
                mono
                aria-label={t("value", { number: at + 1 })}
                autoComplete="off"
                value={value}
                onChange={(event) => replace(key, { value: event.target.value })}
              />
              <Select
                className="w-40 shrink-0"
                aria-label={t("role", { number: at + 1 })}
                value={role}
                onChange={(event) => replace(key, { role: event.target.value })}
              >
                {options}
              </Select>
              <Button
                variant="quiet"
                size="icon-sm"
                aria-label={t("drop", { number: at + 1 })}
                onClick={() => onChange({ map: map.filter((pair) => pair.key !== key) })}
              >
                <Trash2 aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <Button
        size="sm"
        className="justify-self-start"
        onClick={() => onChange({ map: [...map, { key: crypto.randomUUID(), value: "", role: "viewer" }] })}
      >
        <Plus aria-hidden />
        {t("add")}
      </Button>
    </fieldset>
  );
}
