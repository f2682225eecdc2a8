"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { type CreateTokenInput, createdTokenSchema, type TokenScope } from "@/lib/tenancy/tokens/contract";
import { api } from "../http/api";
import { FormDialog } from "../http/form-dialog";
import { useTenant } from "../http/tenant-context";
import { CopyField } from "../ui/copy-field";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import { tokensQuery } from "./queries";
import { lifetimes, scopeGroups } from "./scope-groups";

type NewTokenProps = { grantable: readonly TokenScope[]; maxDays: number; onClose: () => void };

/** Makes a token and shows it, once, with the command that tries it. */
export function NewToken({ grantable, maxDays, onClose }: NewTokenProps) {
  const t = useTranslations("tokens.new");
  const tenant = useTenant();
  const client = useQueryClient();
  const id = useId();
  const [scopes, setScopes] = useState<readonly TokenScope[]>([]);
  const choices = lifetimes(maxDays);
  const create = useMutation({
    mutationFn: (body: CreateTokenInput) =>
      api(tenant.endpoint("tokens"), { method: "POST", body, schema: createdTokenSchema }),
    onSuccess: () => client.invalidateQueries({ queryKey: tokensQuery(tenant).queryKey }),
  });
  const submit = (fields: FormData) => {
    const { name, days, service } = Object.fromEntries(fields);
    create.mutate({ name: String(name), days: Number(days), scopes: [...scopes], service: service !== undefined });
  };
  const made = create.data;
  return (
    <FormDialog
      className="max-w-[640px]"
      title={made ? t("made", { name: made.token.name }) : t("title")}
      description={t("text")}
      act={create}
      submit={t("create")}
      onSubmit={submit}
      onClose={onClose}
      made={made ? <Made secret={made.secret} /> : null}
    >
      <FormField id={`${id}-name`} label={t("name")} hint={t("nameHint")}>
        {(control) => <Input {...control} name="name" required maxLength={80} autoComplete="off" />}
      </FormField>
      <FormField id={`${id}-days`} label={t("days")}>
        {(control) => (
          <Select {...control} name="days" defaultValue={choices.find((days) => days >= 30) ?? maxDays}>
            {choices.map((days) => (
              <option key={days} value={days}>
                {t("inDays", { days })}
              </option>
            ))}
          </Select>
        )}
      </FormField>
      <Scopes grantable={grantable} chosen={scopes} onChange={setScopes} />
      {tenant.can("tokens:manage") ? (
        <label className="flex items-start gap-2">
          <input type="checkbox" name="service" className="mt-0.5 size-4 accent-current" />
          <span>
            <span className="block font-medium">{t("service")}</span>
            <span className="block text-12 text-muted">{t("serviceHint")}</span>
          </span>
        </label>
      ) : null}
    </FormDialog>
  );
}

function Made({ secret }: { secret: string }) {
  const t = useTranslations("tokens.new");
  const tenant = useTenant();
  return (
    <div className="grid gap-3">
      <p className="text-soft">{t("once")}</p>
      <CopyField value={secret} label={t("token")} />
      <p className="text-soft">{t("example")}</p>
      {/* Never the token itself: what stands in a command line stands in a history. */}
      <pre className="rounded-md border bg-sunken p-3 font-mono text-12 whitespace-pre-wrap [overflow-wrap:anywhere]">
        {`curl -H "Authorization: Bearer $SIGNALBOX_TOKEN" ${window.location.origin}${tenant.endpoint()}`}
      </pre>
      <p className="text-12 text-muted">{t("exchange")}</p>
    </div>
  );
}

type ScopesProps = {
  grantable: readonly TokenScope[];
  chosen: readonly TokenScope[];
  onChange: (chosen: readonly TokenScope[]) => void;
};

function Scopes({ grantable, chosen, onChange }: ScopesProps) {
  const t = useTranslations("tokens");
  const toggle = (scope: TokenScope, on: boolean) =>
    onChange(on ? [...chosen, scope] : chosen.filter((known) => known !== scope));
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1.5 text-13 font-medium">{t("new.scopes")}</legend>
      {scopeGroups(grantable).map(([group, scopes]) => (
        <fieldset key={group} className="grid gap-1.5 rounded-md border px-3 pb-2">
          <legend className="px-1 text-12 font-medium text-soft">{t(`groups.${group}`)}</legend>
          {scopes.map((scope) => (
            <label key={scope} className="flex items-start gap-2">
              <input
                type="checkbox"
                // At least one: the browser says so at the first box, in its own words.
                required={chosen.length === 0}
                checked={chosen.includes(scope)}
                onChange={(event) => toggle(scope, event.target.checked)}
                className="mt-0.5 size-4 accent-current"
              />
              <span>
                <code className="text-12">{scope}</code>
                <span className="block text-12 text-muted">{t(`scopes.${scope}`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
      ))}
    </fieldset>
  );
}
