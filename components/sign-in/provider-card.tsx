"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import type { TenantSignInDto } from "@/lib/tenancy/sign-in/contract";
import { Tag } from "../ui/badge";
import { Button } from "../ui/button";
import { Card, CardAside, CardBody, CardHeader, CardTitle } from "../ui/card";
import { CopyField } from "../ui/copy-field";
import { FormField, Label } from "../ui/form-field";
import { Input } from "../ui/input";
import { Switch } from "../ui/switch";
import { draftOf, inputOf, type ProviderDraft } from "./queries";
import { RoleMapFields } from "./role-map-fields";
import { TestRun } from "./test-run";
import { useSettingsChange } from "./use-settings-change";

type Text = "name" | "issuer" | "clientId" | "clientSecret" | "scopes";

export function ProviderCard({ settings: { provider, callbackUrl, policy } }: { settings: TenantSignInDto }) {
  const t = useTranslations("sign-in.provider");
  const common = useTranslations("common");
  const id = useId();
  const [draft, setDraft] = useState(() => draftOf(provider));
  const change = useSettingsChange();
  const hasSecret = provider?.hasSecret ?? false;
  const set = (part: Partial<ProviderDraft>) => setDraft((before) => ({ ...before, ...part }));
  const input = (name: Text, more: { hint?: string; type?: "password" | "url"; required?: boolean } = {}) => (
    <FormField id={`${id}-${name}`} label={t(name)} hint={more.hint}>
      {(control) => (
        <Input
          {...control}
          mono={name !== "name"}
          type={more.type}
          required={more.required ?? true}
          autoComplete="off"
          spellCheck={false}
          value={draft[name]}
          onChange={(event) => set({ [name]: event.target.value })}
        />
      )}
    </FormField>
  );
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const body = inputOf(draft, hasSecret);
    change.mutate(
      { path: "provider", method: "PUT", body, done: t("saved") },
      { onSuccess: (saved) => setDraft(draftOf(saved.provider)) },
    );
  };
  const remove = () =>
    change.mutate(
      { path: "provider", method: "DELETE", done: t("removed") },
      { onSuccess: () => setDraft(draftOf(null)) },
    );

  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        {provider ? (
          <CardAside>
            <Tag>{t(provider.enabled ? "on" : "off")}</Tag>
            <Tag>{t(provider.tested ? "tested" : "untested")}</Tag>
          </CardAside>
        ) : null}
      </CardHeader>
      <CardBody>
        <form onSubmit={onSubmit} className="grid gap-4">
          <p className="text-soft">{t("lead")}</p>
          <div className="grid gap-1.5">
            <span className="text-13 font-medium">{t("callback")}</span>
            <CopyField label={t("callback")} value={callbackUrl} />
            <p className="text-12 text-muted">{t("callbackHint")}</p>
          </div>
          <div className="grid items-start gap-3 md:grid-cols-2">
            {input("name", { hint: t("nameHint") })}
            {input("issuer", { hint: t("issuerHint"), type: "url" })}
            {input("clientId")}
            {input("clientSecret", {
              hint: t(hasSecret ? "secretKept" : "secretNone"),
              type: "password",
              required: false,
            })}
            {input("scopes")}
          </div>
          <RoleMapFields draft={draft} onChange={set} />
          <div className="flex items-center gap-2">
            <Switch
              id={`${id}-enabled`}
              checked={draft.enabled}
              onCheckedChange={(enabled) => set({ enabled })}
              disabled={policy.enforced}
            />
            <Label htmlFor={`${id}-enabled`}>{t("enabled")}</Label>
          </div>
          <div className="flex flex-wrap items-center gap-2">
            <Button type="submit" variant="primary" pending={change.isPending}>
              {common("save")}
            </Button>
            <TestRun input={() => inputOf(draft, hasSecret)} />
            {provider && !policy.enforced ? (
              <Button variant="quiet" className="ml-auto" onClick={remove} disabled={change.isPending}>
                {t("remove")}
              </Button>
            ) : null}
          </div>
        </form>
      </CardBody>
    </Card>
  );
}
