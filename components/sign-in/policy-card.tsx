"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import type { TenantSignInDto } from "@/lib/tenancy/sign-in/contract";
import { Button } from "../ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "../ui/card";
import { Label } from "../ui/form-field";
import { Notice } from "../ui/severity";
import { Switch } from "../ui/switch";
import { useSettingsChange } from "./use-settings-change";

/** Whether there is another way in, and for whom there is all the same. */
export function PolicyCard({ settings: { provider, policy, candidates } }: { settings: TenantSignInDto }) {
  const t = useTranslations("sign-in.policy");
  const common = useTranslations("common");
  const id = useId();
  const [enforced, setEnforced] = useState(policy.enforced);
  const [breakGlass, setBreakGlass] = useState<readonly string[]>(policy.breakGlass);
  const change = useSettingsChange();
  const ready = provider?.enabled && provider.tested;
  const missing =
    enforced && !policy.enforced && !ready ? "notReady" : enforced && breakGlass.length === 0 ? "nobody" : null;
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    change.mutate({ path: "policy", method: "PUT", body: { enforced, breakGlass }, done: t("saved") });
  };
  const toggle = (person: string, named: boolean) =>
    setBreakGlass((before) => (named ? [...before, person] : before.filter((known) => known !== person)));
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardBody>
        <form onSubmit={onSubmit} className="grid gap-3">
          <div className="flex items-center gap-2">
            <Switch id={`${id}-enforced`} checked={enforced} onCheckedChange={setEnforced} />
            <Label htmlFor={`${id}-enforced`}>{t("enforce")}</Label>
          </div>
          <p className="text-soft">{t("text")}</p>
          <fieldset className="grid gap-2 rounded-md border p-3">
            <legend className="px-1 text-13 font-medium">{t("breakGlass")}</legend>
            <p className="text-12 text-muted">{t("breakGlassText")}</p>
            {candidates.length === 0 ? <p className="text-soft">{t("noCandidates")}</p> : null}
            {candidates.map((person) => (
              <label key={person.id} className="flex items-center gap-2">
                <input
                  type="checkbox"
                  className="size-4 accent-current"
                  checked={breakGlass.includes(person.id)}
                  onChange={(event) => toggle(person.id, event.target.checked)}
                />
                <span>{person.name}</span>
                <span className="text-12 text-muted [overflow-wrap:anywhere]">{person.email}</span>
              </label>
            ))}
          </fieldset>
          {missing ? <Notice level="warning">{t(missing)}</Notice> : null}
          <Button type="submit" className="justify-self-start" disabled={missing !== null} pending={change.isPending}>
            {common("save")}
          </Button>
        </form>
      </CardBody>
    </Card>
  );
}
