"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import type { SignInDomainDto, TenantSignInDto } from "@/lib/tenancy/sign-in/contract";
import { Button } from "../ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "../ui/card";
import { CopyField } from "../ui/copy-field";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { Severity } from "../ui/severity";
import { useSettingsChange } from "./use-settings-change";

/** The domains that the service answers for: claimed by anybody, counted when proven. */
export function DomainsCard({ settings: { domains } }: { settings: TenantSignInDto }) {
  const t = useTranslations("sign-in.domains");
  const id = useId();
  const add = useSettingsChange();
  const [domain, setDomain] = useState("");
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    add.mutate({ path: "domains", method: "POST", body: { domain } }, { onSuccess: () => setDomain("") });
  };
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardBody className="grid gap-3">
        <p className="text-soft">{t("lead")}</p>
        <form onSubmit={onSubmit} className="flex flex-wrap items-end gap-2">
          <FormField id={id} label={t("domain")} className="w-72">
            {(control) => (
              <Input
                {...control}
                mono
                required
                placeholder="example.com"
                autoComplete="off"
                spellCheck={false}
                value={domain}
                onChange={(event) => setDomain(event.target.value)}
              />
            )}
          </FormField>
          <Button type="submit" pending={add.isPending}>
            {t("add")}
          </Button>
        </form>
      </CardBody>
      {domains.length > 0 ? (
        <ul className="border-t">
          {domains.map((each) => (
            <DomainRow key={each.domain} {...each} />
          ))}
        </ul>
      ) : null}
    </Card>
  );
}

function DomainRow({ domain, verifiedBy, record }: SignInDomainDto) {
  const t = useTranslations("sign-in.domains");
  const change = useSettingsChange();
  const path = `domains/${domain}`;
  return (
    <li className="grid gap-2 border-b px-4 py-2 last:border-0">
      <div className="flex min-h-8 flex-wrap items-center gap-3">
        <span className="font-mono text-12 [overflow-wrap:anywhere]">{domain}</span>
        <Severity level={verifiedBy ? "success" : "warning"}>{t(verifiedBy ?? "unproven")}</Severity>
        <span className="ml-auto flex items-center gap-2">
          {verifiedBy ? null : (
            <Button
              size="sm"
              pending={change.isPending && change.variables.method === "POST"}
              onClick={() => change.mutate({ path: `${path}/verify`, method: "POST", done: t("proven", { domain }) })}
            >
              {t("verify")}
            </Button>
          )}
          <Button
            variant="quiet"
            size="icon-sm"
            aria-label={t("remove", { domain })}
            onClick={() => change.mutate({ path, method: "DELETE", done: t("removed", { domain }) })}
          >
            <Trash2 aria-hidden />
          </Button>
        </span>
      </div>
      {verifiedBy ? null : (
        <div className="grid gap-2 pb-1">
          <p className="text-12 text-muted">{t("how")}</p>
          <CopyField label={t("recordName", { domain })} value={record.name} />
          <CopyField label={t("recordValue", { domain })} value={record.value} />
        </div>
      )}
    </li>
  );
}
